package org.bowline.peers.presence;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials one host for as long as it is wanted. {@link Diallers} says when. */
final class Dialler {
    /** Reads one channel to its end. */
    interface Conversation {
        void hold(Channel channel, boolean accepted) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);
    private static final long FIRST_PAUSE = 200; // ms
    private static final long URGENT_PAUSE = 2000; // ms, the longest
    private static final long LONGEST_PAUSE = 5000; // ms
    private static final long TALKED = TimeUnit.SECONDS.toNanos(10);

    final HostId peer;

    // Guarded by the Diallers.
    boolean urgent;
    boolean counted; // it is one of the few that try
    @Nullable Future<?> due; // while it rests

    private long pause = FIRST_PAUSE; // ms; of the one thread that dials
    private @Nullable Channel channel; // guarded by this
    private boolean ended; // guarded by this

    Dialler(HostId peer, boolean urgent) {
        this.peer = peer;
        this.urgent = urgent;
    }

    /**
     * Opens a channel and reads it to its end.
     *
     * @param tried called once it is known whether the peer answers
     */
    void talk(Peers peers, Conversation conversation, Runnable tried) {
        if (!taken(null)) {
            return;
        }
        pause *= 2;
        long opened = System.nanoTime();
        try (Channel open = open(peers, tried)) {
            opened = System.nanoTime();
            if (taken(open)) {
                conversation.hold(open, false);
            }
        } catch (IOException e) {
            LOG.debug("No word from {}", peer, e);
        } catch (RuntimeException e) {
            LOG.warn("Talking to {} failed; tried again", peer, e);
        } finally {
            taken(null);
            if (System.nanoTime() - opened > TALKED) {
                pause = FIRST_PAUSE;
            }
        }
    }

    private Channel open(Peers peers, Runnable tried) throws IOException {
        try {
            return peers.open(peer, BeatPresence.PROTOCOL);
        } finally {
            tried.run();
        }
    }

    /**
     * Milliseconds to rest before the next try. Not all followers of a leader that was away should
     * come back in the same moment.
     */
    long rest(boolean isUrgent) {
        pause = Math.min(pause, isUrgent ? URGENT_PAUSE : LONGEST_PAUSE);
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    }

    /** Ends it without waiting, except that closing the channel may wait for the peer. */
    void end() {
        Channel open;
        synchronized (this) {
            ended = true;
            open = channel;
        }
        if (open != null) {
            open.close();
        }
    }

    private synchronized boolean taken(@Nullable Channel open) {
        channel = open;
        return !ended;
    }
}

package org.bowline.peers.presence;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.peers.NamedThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a channel to one host for as long as it is wanted. Owns a thread {@code
 * bowline-presence-dial}.
 */
final class Dialler {
    /** Reads one channel to its end. */
    interface Conversation {
        void hold(Channel channel, boolean accepted) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);
    private static final long FIRST_PAUSE = 200; // ms
    private static final long LONGEST_PAUSE = 2000; // ms

    private final HostId peer;
    private final Peers peers;
    private final Conversation conversation;
    private final Object lock = new Object();
    private @Nullable Channel channel; // guarded by lock
    private boolean ended; // guarded by lock

    Dialler(HostId peer, Peers peers, Conversation conversation) {
        this.peer = peer;
        this.peers = peers;
        this.conversation = conversation;
    }

    void start() {
        new NamedThreads("bowline-presence-dial").newThread(this::run).start();
    }

    /** Ends it without waiting, except that closing the channel may wait for the peer. */
    void end() {
        Channel open;
        synchronized (lock) {
            ended = true;
            open = channel;
            lock.notifyAll();
        }
        if (open != null) {
            open.close();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE;
        while (!rested(0)) {
            long began = System.nanoTime();
            talk();
            boolean talked = System.nanoTime() - began > LONGEST_PAUSE * 5_000_000;
            pause = talked ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
            // Not all followers of a leader that was away should come back in the same moment.
            if (rested(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2))) {
                return;
            }
        }
    }

    private void talk() {
        try (Channel open = peers.open(peer, BeatPresence.PROTOCOL)) {
            if (taken(open)) {
                conversation.hold(open, false);
            }
        } catch (IOException e) {
            LOG.debug("No word from {}", peer, e);
        } catch (RuntimeException e) {
            LOG.warn("Talking to {} failed; tried again", peer, e);
        } finally {
            taken(null);
        }
    }

    private boolean taken(@Nullable Channel open) {
        synchronized (lock) {
            channel = open;
            return !ended;
        }
    }

    /** Waits so many milliseconds, or less if it is ended; whether it is. */
    private boolean rested(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (lock) {
            try {
                for (long left = millis; left > 0 && !ended; ) {
                    lock.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                ended = true;
            }
            return ended;
        }
    }
}

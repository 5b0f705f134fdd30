package org.bowline.peers.presence;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.transport.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open channel of presence; at most one thread writes to it at a time. */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    final Channel channel;
    final Voice voice;
    final boolean accepted;
    private final AtomicLong writingSince = new AtomicLong(); // nanoTime, 0 while nobody writes
    private final AtomicBoolean awaited = new AtomicBoolean();

    /**
     * @param accepted whether the peer dialled
     */
    Link(Channel channel, Voice voice, boolean accepted) {
        this.channel = channel;
        this.voice = voice;
        this.accepted = accepted;
    }

    /**
     * Whether the link was idle; if so it is the caller's until {@link #write} ends. If not, that
     * write will say that the link was awaited.
     */
    boolean claim() {
        if (!idle()) {
            awaited.set(true);
            return idle(); // the write may have ended before it could see that
        }
        return true;
    }

    private boolean idle() {
        return writingSince.compareAndSet(0, System.nanoTime() | 1);
    }

    /**
     * Writes and ends the claim; a peer that is gone shows itself to whoever reads.
     *
     * @return whether somebody wanted to write meanwhile
     */
    boolean write(List<byte[]> frames) {
        try {
            for (byte[] frame : frames) {
                channel.output().write(frame);
            }
            channel.output().flush();
        } catch (IOException e) {
            LOG.debug("{} does not listen", channel.peer(), e);
        } finally {
            writingSince.set(0);
        }
        return awaited.getAndSet(false);
    }

    /** Whether a write has taken longer than that. */
    boolean stuck(long nanos) {
        long since = writingSince.get();
        return since != 0 && System.nanoTime() - since > nanos;
    }
}

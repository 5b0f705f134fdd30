package org.bowline.group;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what this host left, one at a time, while it is in the next group already: Ratis takes up to
 * a second to see that it is to stop. Owns the thread {@code bowline-group-end}, which is there
 * only as long as something ends.
 */
final class Departures implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Duration limit;
    private @Nullable Thread ending; // guarded by this

    /**
     * @param limit for so long what was left may take to end
     */
    Departures(Duration limit) {
        this.limit = limit;
    }

    /**
     * Begins to close that; {@link #await} comes before the next.
     *
     * @param after done when it is closed, or could not be
     */
    synchronized void begin(Closeable left, Runnable after) {
        Thread thread = new Thread(() -> end(left, after), "bowline-group-end");
        thread.setDaemon(true);
        ending = thread;
        thread.start();
    }

    private static void end(Closeable left, Runnable after) {
        try {
            left.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The group that was left did not end well; its files go all the same", e);
        }
        try {
            after.run();
        } catch (RuntimeException e) {
            LOG.warn("The files of the group that was left stay until the next start", e);
        }
    }

    /**
     * Waits for what was left last, so that nothing of it is in the way.
     *
     * @throws IOException if it does not end in time
     */
    void await() throws IOException {
        if (!hasEnded()) {
            throw new IOException(
                    "the group that this host left last has not ended in "
                            + limit.toSeconds()
                            + " s; try again");
        }
    }

    private boolean hasEnded() throws IOException {
        Thread thread = last();
        if (thread == null) {
            return true;
        }
        try {
            thread.join(limit.toMillis());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized @Nullable Thread last() {
        return ending;
    }

    /** Waits for what was left last; what has not ended by then is cleaned up at the next start. */
    @Override
    public void close() throws IOException {
        if (!hasEnded()) {
            LOG.warn("The group that was left last has not ended; its files stay until the start");
        }
    }
}

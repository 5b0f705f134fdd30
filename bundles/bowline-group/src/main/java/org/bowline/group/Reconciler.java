package org.bowline.group;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs rounds after each change, and once a second. Owns the thread {@code bowline-group}. */
final class Reconciler {
    /** One round; a failed one is tried again. */
    interface Round {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    private static final long AGAIN = -1;

    private final Wakes wakes;
    private final Round round;
    private final Thread thread = new Thread(this::run, "bowline-group");
    private volatile boolean closed;
    private String complaint = ""; // this thread alone

    Reconciler(Wakes wakes, Round round) {
        this.wakes = wakes;
        this.round = round;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long seen = AGAIN;
        try {
            while (!closed) {
                long now = wakes.next(seen, TICK);
                if (succeeds()) {
                    seen = now;
                } else {
                    wakes.rest(RETRY);
                    seen = AGAIN;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Ends", e);
        }
    }

    private boolean succeeds() {
        try {
            round.run();
            complaint = "";
            return true;
        } catch (IOException | RuntimeException e) {
            if (!closed && !complaint.equals(String.valueOf(e))) {
                complaint = String.valueOf(e);
                LOG.warn("Cannot do what the group says; tried again until it works", e);
            }
            return false;
        }
    }

    /** Ends the thread after the round it is in. Not by interrupt: that would close open files. */
    void close() {
        closed = true;
        wakes.wake();
        Joined.await(thread);
    }
}

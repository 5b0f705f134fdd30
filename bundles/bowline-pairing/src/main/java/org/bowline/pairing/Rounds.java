package org.bowline.pairing;

import java.io.Closeable;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this host round to what is wanted, again and again on a thread of its own: after each
 * wake-up, and at the latest after the pause that the last round asked for. Wake-ups during a round
 * lead to one more round.
 */
final class Rounds implements Closeable {
    /** The pause when nothing is pending. */
    static final Duration IDLE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);

    private final Supplier<Duration> round;
    private final Thread thread;
    // Guarded by this.
    private boolean woken;
    private boolean closed;

    Rounds(String threadName, Supplier<Duration> round) {
        this.round = round;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    /** The shorter of two pauses. */
    static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    void start() {
        thread.start();
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private void run() {
        boolean more = true;
        while (more) {
            Duration pause;
            try {
                pause = round.get();
            } catch (RuntimeException e) {
                LOG.error("A round failed; the next is in {} s", AFTER_A_FAULT.toSeconds(), e);
                pause = AFTER_A_FAULT;
            }
            more = rest(pause);
        }
    }

    /** Waits for a wake-up or the end of the pause; whether there is to be another round. */
    private synchronized boolean rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos();
                    left > 0 && !woken && !closed;
                    left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        woken = false;
        return !closed;
    }

    /** Ends the thread, after the round that runs; waits a moment for it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

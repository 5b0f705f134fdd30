package org.bowline.shell.output;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bowline.api.Subscription;

/** Waits for something that a room tells of. */
public final class Waiting {
    // What changes by the clock alone, such as a rate, is shown at least this often.
    private static final long LOOK_AGAIN = 500; // milliseconds

    private Waiting() {}

    /**
     * Waits until it is done.
     *
     * @param watch the room's own watch
     * @param done asked at once and after each change; may print
     * @param limit how long at most
     * @return whether it is done
     * @throws InterruptedException on Ctrl-C, or when the client is gone
     */
    public static boolean until(
            Function<Runnable, Subscription> watch, BooleanSupplier done, Duration limit)
            throws InterruptedException {
        Semaphore changes = new Semaphore(0);
        long end = System.nanoTime() + limit.toNanos();
        try (Subscription subscription = watch.apply(changes::release)) {
            while (!done.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                if (changes.tryAcquire(Math.min(left, LOOK_AGAIN), TimeUnit.MILLISECONDS)) {
                    changes.drainPermits();
                }
            }
            return true;
        }
    }
}

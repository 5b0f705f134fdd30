package org.bowline.group;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Where threads of this room wait for something to change. */
final class Wakes {
    private static final long RECHECK = 20; // ms: not all that is waited for says that it changed

    private long count; // guarded by this

    /** Something changed. */
    synchronized void wake() {
        count++;
        notifyAll();
    }

    /** Waits for the next change, at most so long; answers the number of changes so far. */
    synchronized long next(long seen, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (count == seen) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return count;
    }

    /** Waits that long, whatever changes. */
    synchronized void rest(Duration pause) throws InterruptedException {
        long deadline = System.nanoTime() + pause.toNanos();
        for (long left = pause.toMillis(); left > 0; ) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Waits for the next change, but not long. */
    synchronized void pause(Duration limit) {
        try {
            wait(Math.max(1, Math.min(limit.toMillis(), RECHECK)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until that holds; false if it does not in time. */
    boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                synchronized (this) {
                    wait(Math.min(left, RECHECK));
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

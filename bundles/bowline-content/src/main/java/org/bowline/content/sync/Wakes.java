package org.bowline.content.sync;

import java.time.Duration;

/** Where the thread of this room waits for something to change. */
final class Wakes {
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
}

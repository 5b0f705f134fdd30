package org.bowline.group;

/** The end of a thread. */
final class Joined {
    private static final long LIMIT = 5000; // ms

    private Joined() {}

    /** Waits until that thread has ended, unless it is this one. */
    static void await(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

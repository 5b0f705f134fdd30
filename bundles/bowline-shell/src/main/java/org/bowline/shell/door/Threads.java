package org.bowline.shell.door;

import java.util.concurrent.atomic.AtomicInteger;

/** Names and starts the door's threads. */
final class Threads {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int connection = NEXT.incrementAndGet();

    /** Starts a daemon thread {@code bowline-shell-<job>-<connection>}. */
    Thread start(String job, Runnable work) {
        Thread thread = new Thread(work, "bowline-shell-" + job + "-" + connection);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

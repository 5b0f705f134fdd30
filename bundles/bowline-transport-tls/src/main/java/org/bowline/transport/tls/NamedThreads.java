package org.bowline.transport.tls;

import java.util.concurrent.ThreadFactory;

/** Daemon threads of one name. */
record NamedThreads(String name) implements ThreadFactory {
    private static final long STACK = 512 << 10; // bytes; a handshake needs less than half

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name, STACK);
        thread.setDaemon(true);
        return thread;
    }
}

package org.bowline.peers;

import java.util.concurrent.ThreadFactory;

/**
 * Daemon threads of one name.
 *
 * @param name such as {@code bowline-peers-watch}
 * @param stack bytes each may use
 */
public record NamedThreads(String name, long stack) implements ThreadFactory {
    /** Bytes; enough for a handshake and a JSON parser, and a thousand of them are no burden. */
    public static final long SMALL_STACK = 512 << 10;

    public NamedThreads(String name) {
        this(name, SMALL_STACK);
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name, stack);
        thread.setDaemon(true);
        return thread;
    }
}

package org.bowline.shell.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all that goes to one client. Its one thread alone writes to the socket: an interrupt of a
 * thread that writes to a channel closes the channel, and the shell interrupts its threads at
 * Ctrl-C.
 */
final class FrameWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);
    private static final int ROOM = 64; // frames

    private final SocketChannel socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private boolean ended;
    private boolean gone;

    FrameWriter(SocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Queues a frame; waits for room, also when interrupted. After {@link #end} it does nothing.
     *
     * @throws UncheckedIOException if the client is gone: unchecked, because the print streams in
     *     between swallow an {@link IOException} and would let a command run on for ever
     */
    void put(Frame frame) {
        lock.lock();
        try {
            while (!gone && !ended && waiting.size() >= ROOM) {
                changed.awaitUninterruptibly();
            }
            if (gone) {
                throw new UncheckedIOException(new IOException("the client is gone"));
            }
            if (!ended) {
                waiting.add(frame);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the exit code after all that was queued, then closes the socket. Only the first counts.
     */
    void end(int code) {
        lock.lock();
        try {
            if (!ended && !gone) {
                ended = true;
                waiting.add(Frame.exit(code));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what was queued and fails whoever still writes. */
    void hangUp() {
        lock.lock();
        try {
            gone = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try (socket) {
            Frame next;
            do {
                next = take();
                if (next != null) {
                    next.write(socket);
                }
            } while (next != null && next.type() != Frame.EXIT);
        } catch (IOException e) {
            LOG.debug("A shell client went away: {}", e.toString());
        } finally {
            hangUp();
        }
    }

    private @Nullable Frame take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !gone) {
                changed.awaitUninterruptibly();
            }
            changed.signalAll();
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}

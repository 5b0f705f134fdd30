package org.bowline.shell.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jline.terminal.Terminal.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds what is typed to a terminal. JLine's input pipe holds 1 KB and makes the writer wait while
 * a command does not read; so a thread of its own waits there, and Ctrl-C goes around the queue.
 */
final class Keyboard implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Keyboard.class);
    private static final int MAX_AHEAD =
            1 << 20; // bytes typed ahead; more is dropped, as a tty does

    private static final int PART = 256; // bytes
    private static final long ROOM = 5; // ms

    private final RemoteTerminal terminal;
    // guarded by this
    private final ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    private boolean closed;
    private boolean feeding;

    /** Counts what Ctrl-C dropped, so that the thread that feeds drops what it took before. */
    private volatile int drops;

    Keyboard(RemoteTerminal terminal) {
        this.terminal = terminal;
    }

    /** Takes what was typed; never waits for the one who reads it. */
    void type(byte[] bytes) throws IOException {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (terminal.interrupts(bytes[at])) {
                dropAhead();
                terminal.raise(Signal.INT);
                from = at + 1;
            }
        }
        queue(bytes, from);
    }

    /** Ends the thread; what was not read yet is dropped. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            for (byte[] next = take(); next.length > 0; next = take()) {
                feed(next);
                rest();
            }
        } catch (IOException e) {
            LOG.debug("The terminal takes no more input: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void feed(byte[] bytes) throws IOException {
        int before = drops;
        for (int at = 0; at < bytes.length && drops == before; at += PART) {
            terminal.processInputBytes(bytes, at, Math.min(PART, bytes.length - at));
        }
    }

    private synchronized void queue(byte[] bytes, int from) {
        int length = Math.min(bytes.length - from, MAX_AHEAD - ahead.size());
        ahead.write(bytes, from, length);
        notifyAll();
    }

    /**
     * Drops all that was typed before, also the part that waits for room in JLine's pipe. All of it
     * before the signal is raised: from then on somebody else reads that pipe.
     */
    private void dropAhead() throws IOException {
        synchronized (this) {
            ahead.reset();
            drops++;
        }
        do {
            terminal.dropInput();
        } while (isFeeding());
        terminal.dropInput();
    }

    /** Whether a part is still on its way; gives it a moment to find the room that was made. */
    private synchronized boolean isFeeding() {
        try {
            if (feeding) {
                wait(ROOM);
            }
            return feeding && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void rest() {
        feeding = false;
        notifyAll();
    }

    private synchronized byte[] take() throws InterruptedException {
        while (ahead.size() == 0 && !closed) {
            wait();
        }
        byte[] next = closed ? new byte[0] : ahead.toByteArray();
        ahead.reset();
        feeding = true;
        return next;
    }
}

package org.bowline.shell.door;

import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Standard input of a client with one command, fetched when a command reads it. */
final class RemoteInput extends InputStream {
    private static final byte[] END = {};

    private final FrameWriter writer;
    // guarded by this
    private byte @Nullable [] arrived;
    private boolean asked;
    private int position;

    RemoteInput(FrameWriter writer) {
        this.writer = writer;
    }

    /** Takes what the client sent; none means the end. */
    synchronized void arrive(byte[] bytes) {
        if (arrived != END) {
            arrived = bytes.length == 0 ? END : bytes;
            position = 0;
            asked = false;
            notifyAll();
        }
    }

    /** Ends it, also for who waits. */
    void end() {
        arrive(END);
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length)
            throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        byte[] bytes = await();
        if (bytes == END) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, into, offset, count);
        position += count;
        if (position == bytes.length) {
            arrived = null;
        }
        return count;
    }

    private byte[] await() throws InterruptedIOException {
        while (arrived == null) {
            if (!asked) {
                asked = true;
                writer.put(new Frame(Frame.READ, END));
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading standard input");
            }
        }
        return arrived;
    }
}

package org.bowline.shell.door;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Collects bytes and sends them as frames of one type. Safe for use by any thread. */
final class FrameOutput extends OutputStream {
    private static final int FULL = 16 << 10; // bytes

    private final FrameWriter writer;
    private final char type;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream(); // guarded by this

    FrameOutput(FrameWriter writer, char type) {
        this.writer = writer;
        this.type = type;
    }

    @Override
    public synchronized void write(int b) {
        collected.write(b);
        if (collected.size() >= FULL) {
            flush();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int sent = 0;
        while (sent < length) {
            int part = Math.min(length - sent, FULL - collected.size());
            collected.write(bytes, offset + sent, part);
            sent += part;
            if (collected.size() >= FULL) {
                flush();
            }
        }
    }

    @Override
    public synchronized void flush() {
        if (collected.size() > 0) {
            byte[] bytes = collected.toByteArray();
            collected.reset();
            writer.put(new Frame(type, bytes));
        }
    }

    /** Only flushes: the connection ends with the session. */
    @Override
    public void close() {
        flush();
    }
}

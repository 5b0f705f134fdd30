package org.bowline.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** One direction of a loopback channel: a bounded buffer that a reader or a writer waits on. */
final class LoopbackPipe {
    private static final int CAPACITY = 64 << 10; // bytes

    // Guarded by this.
    private final byte[] ring = new byte[CAPACITY];
    private int start;
    private int held;
    private boolean ended;
    private boolean broken;
    private long timeoutMillis;

    final InputStream input =
            new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int off, int len) throws IOException {
                    return len == 0 ? 0 : take(into, off, len);
                }
            };

    final OutputStream output =
            new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] from, int off, int len) throws IOException {
                    put(from, off, len);
                }
            };

    /** The writer is done: what is held may still be read. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The line is cut: both ends fail. */
    synchronized void breakOff() {
        broken = true;
        notifyAll();
    }

    synchronized void timeout(long millis) {
        timeoutMillis = millis;
    }

    private synchronized int take(byte[] into, int off, int len) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (held == 0) {
            if (broken) {
                throw new IOException("channel closed");
            }
            if (ended) {
                return -1;
            }
            await(timeoutMillis == 0 ? 0 : deadline - System.nanoTime());
        }
        int n = Math.min(len, held);
        for (int i = 0; i < n; i++) {
            into[off + i] = ring[(start + i) % CAPACITY];
        }
        start = (start + n) % CAPACITY;
        held -= n;
        notifyAll();
        return n;
    }

    private synchronized void put(byte[] from, int off, int len) throws IOException {
        for (int done = 0; done < len; ) {
            if (broken || ended) {
                throw new EOFException("channel closed");
            }
            if (held == CAPACITY) {
                await(0);
                continue;
            }
            int n = Math.min(len - done, CAPACITY - held);
            for (int i = 0; i < n; i++) {
                ring[(start + held + i) % CAPACITY] = from[off + done + i];
            }
            held += n;
            done += n;
            notifyAll();
        }
    }

    /** Waits for a change; zero nanoseconds wait for ever. */
    private void await(long nanos) throws IOException {
        if (nanos < 0) {
            throw new SocketTimeoutException("nothing to read in time");
        }
        try {
            wait(nanos == 0 ? 0 : nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

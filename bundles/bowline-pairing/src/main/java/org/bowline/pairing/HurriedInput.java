package org.bowline.pairing;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Reads with one deadline for all reads together: a stranger that sends a byte now and then would
 * keep its place for as long as it likes otherwise. One thread at a time.
 */
final class HurriedInput extends InputStream {
    /** Bounds the next read, as a channel does. */
    interface Bound {
        void readTimeout(Duration timeout) throws IOException;
    }

    private final InputStream in;
    private final Bound bound;
    private final Duration inAll;
    private final long end;

    HurriedInput(InputStream in, Bound bound, Duration inAll) {
        this.in = in;
        this.bound = bound;
        this.inAll = inAll;
        this.end = System.nanoTime() + inAll.toNanos();
    }

    @Override
    public int read(byte[] into, int off, int len) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("not whole within " + inAll);
        }
        bound.readTimeout(Duration.ofMillis(left / 1_000_000 + 1)); // zero would wait for ever
        return in.read(into, off, len);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}

package org.bowline.content.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads answers, and gives one up that comes too slowly: it may take 30 s, and beyond that as long
 * as its payload makes 16 KiB a second on the whole. So a chunk takes 64 s at the most, whatever
 * trickles. A bound for each single read is the channel's. One thread.
 */
final class PacedInput extends FilterInputStream {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long FLOOR = 16 << 10; // bytes a second

    private final LongSupplier nanoTime;
    private long begun;
    private long payload;

    PacedInput(InputStream in, LongSupplier nanoTime) {
        super(in);
        this.nanoTime = nanoTime;
    }

    /** Another answer is waited for from now on. */
    void begin() {
        begun = nanoTime.getAsLong();
        payload = 0;
    }

    /** So much of it came. */
    void came(int bytes) {
        payload += bytes;
    }

    private void check() throws Conversation.SlowException {
        long taken = nanoTime.getAsLong() - begun;
        if (taken > GRACE.toNanos() && payload < taken / 1_000_000 * FLOOR / 1000) {
            throw new Conversation.SlowException(
                    payload + " bytes of an answer in " + taken / 1_000_000_000 + " s");
        }
    }

    @Override
    public int read() throws IOException {
        check();
        return in.read();
    }

    @Override
    public int read(byte[] into, int off, int len) throws IOException {
        check();
        return in.read(into, off, len);
    }

    @Override
    public long skip(long n) throws IOException {
        check();
        return in.skip(n);
    }
}

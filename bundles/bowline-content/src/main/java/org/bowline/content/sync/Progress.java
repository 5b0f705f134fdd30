package org.bowline.content.sync;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.content.Holding;

/** How far one fetch is. Safe for use by any thread. */
final class Progress {
    private static final double NEWEST = 0.5; // weight of the last measure in the rate

    private final long size;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final Set<String> sources = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private long measuredAt = System.nanoTime();
    private long measured;
    private volatile double bytesPerSecond;

    Progress(long size) {
        this.size = size;
    }

    /** Begins to count anew: that much is here. */
    void restart(long here) {
        done.set(here);
    }

    /** A chunk came. */
    void received(int bytes) {
        done.addAndGet(bytes);
        received.addAndGet(bytes);
    }

    /** Whether any chunk came. */
    boolean isMoving() {
        return received.get() > 0;
    }

    void from(String source) {
        sources.add(source);
    }

    void fromNoMore(String source) {
        sources.remove(source);
    }

    /** Measures the rate since the last call. */
    synchronized void measure() {
        long now = System.nanoTime();
        long total = received.get();
        double seconds = (now - measuredAt) / 1e9;
        if (seconds < 0.2) {
            return;
        }
        double latest = (total - measured) / seconds;
        bytesPerSecond =
                bytesPerSecond == 0 ? latest : bytesPerSecond * (1 - NEWEST) + latest * NEWEST;
        measured = total;
        measuredAt = now;
    }

    Holding holding() {
        long here = Math.min(done.get(), size);
        int percent = size == 0 ? 0 : (int) Math.min(99, here * 100 / size);
        return new Holding(
                Holding.State.SYNCING,
                percent,
                size - here,
                sources.stream().sorted().findFirst().orElse(""),
                Math.round(bytesPerSecond),
                "",
                "");
    }
}

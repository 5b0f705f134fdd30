package org.bowline.peers;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says yes once in a while, so that strangers cannot fill a log. Safe for use by any thread. */
final class Seldom {
    private final long pause;
    private final LongSupplier nanos;
    private final AtomicLong last;

    Seldom(Duration pause, LongSupplier nanos) {
        this.pause = pause.toNanos();
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong() - this.pause);
    }

    /** Whether it is time again; the one who is told yes is the only one. */
    boolean now() {
        long now = nanos.getAsLong();
        long before = last.get();
        return now - before >= pause && last.compareAndSet(before, now);
    }
}

package org.bowline.pairing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When to try again: soon at first, then less and less often. Used by one thread. */
final class Backoff {
    private final LongSupplier nanos;
    private final Duration first;
    private final Duration longest;
    private Duration pause;
    private long readyAt;

    Backoff(LongSupplier nanos, Duration first, Duration longest) {
        this.nanos = nanos;
        this.first = first;
        this.longest = longest;
        this.pause = first;
        this.readyAt = nanos.getAsLong();
    }

    /** Time until the next try; zero if it is due. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, readyAt - nanos.getAsLong()));
    }

    /** Counts a try that failed; answers the time until the next. */
    Duration failed() {
        readyAt = nanos.getAsLong() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longest) > 0 ? longest : doubled;
        return left();
    }

    /** Nothing is to be tried for so long; answers that. */
    Duration rest(Duration quiet) {
        readyAt = nanos.getAsLong() + quiet.toNanos();
        return quiet;
    }

    /** The next trouble starts with the first pause again. */
    void reset() {
        pause = first;
        readyAt = nanos.getAsLong();
    }
}

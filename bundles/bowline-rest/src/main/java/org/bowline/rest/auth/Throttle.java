package org.bowline.rest.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows guessing down: after some failures under a key each further one doubles the wait until the
 * next try, up to a limit. Nobody is ever locked out, and one success forgets all. Safe for use by
 * any thread.
 */
final class Throttle {
    private static final int MAX_KEYS = 4096; // the one failed longest ago is forgotten
    private static final Duration FORGET = Duration.ofMinutes(15);

    private record Failures(int count, long last) {}

    private final LongSupplier nanos;
    private final int free;
    private final Duration limit;
    private final Map<String, Failures> byKey = new LinkedHashMap<>(); // guarded by this

    /**
     * @param nanos the monotonic clock
     * @param free failures that cost nothing
     * @param limit of one wait
     */
    Throttle(LongSupplier nanos, int free, Duration limit) {
        this.nanos = nanos;
        this.free = free;
        this.limit = limit;
    }

    /** How long to wait until the next try; zero or less if it may come now. */
    synchronized Duration wait(String key) {
        Failures failures = byKey.get(key);
        if (failures == null || failures.count() < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures.count() - free, 20);
        Duration wait = Duration.ofSeconds(1L << doublings);
        Duration bounded = wait.compareTo(limit) > 0 ? limit : wait;
        return bounded.minusNanos(nanos.getAsLong() - failures.last());
    }

    synchronized void failed(String key) {
        long now = nanos.getAsLong();
        Failures before = byKey.remove(key);
        boolean fresh = before == null || now - before.last() > FORGET.toNanos();
        byKey.put(key, new Failures(fresh ? 1 : before.count() + 1, now));
        if (byKey.size() > MAX_KEYS) {
            byKey.remove(byKey.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String key) {
        byKey.remove(key);
    }
}

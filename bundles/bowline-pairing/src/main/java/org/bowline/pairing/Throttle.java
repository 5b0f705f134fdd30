package org.bowline.pairing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bowline.api.identity.HostId;

/**
 * Bounds failed proofs to 5 a minute from one address and 30 a minute in all, without locking
 * honest hosts out: an address that has not failed may always try, and a key that has not failed
 * may try from a crowded address as long as the 30 are not used up. What is proven is never
 * counted.
 *
 * <p>Safe for use by any thread; no call waits.
 */
final class Throttle {
    static final int PER_SOURCE = 5;
    static final int IN_ALL = 30;

    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int REMEMBERED = 10_000;

    private record Failure(String address, HostId key, long at) {}

    private final LongSupplier nanos;
    private final Deque<Failure> failures = new ArrayDeque<>(); // guarded by this, as the counts
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<HostId, Integer> byKey = new HashMap<>();

    Throttle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether that host may try a proof from that address now. */
    synchronized boolean allows(String address, HostId key) {
        forget();
        int here = byAddress.getOrDefault(address, 0);
        boolean crowded = here >= PER_SOURCE && byKey.containsKey(key);
        return here == 0 || !crowded && failures.size() < IN_ALL;
    }

    /** Counts a failed proof. */
    synchronized void failed(String address, HostId key) {
        failures.add(new Failure(address, key, nanos.getAsLong()));
        byAddress.merge(address, 1, Integer::sum);
        byKey.merge(key, 1, Integer::sum);
        forget();
    }

    private void forget() {
        long now = nanos.getAsLong();
        while (!failures.isEmpty()
                && (now - failures.peek().at() > WINDOW || failures.size() > REMEMBERED)) {
            Failure old = failures.remove();
            byAddress.computeIfPresent(old.address(), (key, n) -> n == 1 ? null : n - 1);
            byKey.computeIfPresent(old.key(), (key, n) -> n == 1 ? null : n - 1);
        }
    }
}

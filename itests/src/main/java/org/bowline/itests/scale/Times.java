package org.bowline.itests.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times in milliseconds, of which the middle and the worst count. One thread at a time uses it. */
final class Times {
    private final List<Double> all = new ArrayList<>();

    void add(double millis) {
        all.add(millis);
    }

    /** That share of them took no longer. */
    double at(double share) {
        List<Double> sorted = all.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, rank));
    }

    double middle() {
        return at(0.5);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, longest %.0f ms of %d",
                middle(),
                at(0.9),
                at(0.99),
                at(1),
                all.size());
    }
}

package org.bowline.audit.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;

/**
 * Merges the lines of many hosts as they come, and holds no more than are wanted. Safe for use by
 * any thread.
 */
public final class Merge {
    private final int most;
    private final TreeSet<AuditLine> lines = new TreeSet<>(Place.NEWEST_FIRST); // guarded by this
    private final Map<HostId, String> missing = new TreeMap<>(); // guarded by this
    private boolean more; // guarded by this

    public Merge(int most) {
        this.most = most;
    }

    /** The lines of one host. */
    public synchronized void add(List<AuditLine> some, boolean hasMore) {
        lines.addAll(some);
        more |= hasMore;
        while (lines.size() > most) {
            lines.pollLast();
            more = true;
        }
    }

    /** That host's lines are not in it. */
    public synchronized void missing(HostId host, String cause) {
        missing.put(host, cause);
    }

    /** Older lines are of no use any more; empty if all are. */
    public synchronized Optional<Instant> floor() {
        return lines.size() < most ? Optional.empty() : Optional.of(lines.last().time());
    }

    /** What is there now; what comes later is not in it. */
    public synchronized AuditPage page() {
        Optional<Instant> before =
                more && !lines.isEmpty() ? Optional.of(Place.of(lines.last())) : Optional.empty();
        return new AuditPage(List.copyOf(lines), before, missing);
    }
}

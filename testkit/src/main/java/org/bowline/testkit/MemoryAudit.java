package org.bowline.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;

/** An audit log of one host without disk or others. */
public final class MemoryAudit implements Audit {
    private final HostId self;
    private final List<Act> acts = new CopyOnWriteArrayList<>();

    public MemoryAudit(HostId self) {
        this.self = self;
    }

    /** What was recorded, the oldest first. */
    public List<Act> acts() {
        return List.copyOf(acts);
    }

    @Override
    public void record(Act act) {
        acts.add(act);
    }

    /** All lines have one time, so {@code before} leaves out all or none. */
    @Override
    public AuditPage own(int most, Optional<Instant> before) {
        List<Act> all = acts();
        List<AuditLine> lines =
                all.stream()
                        .map(act -> new AuditLine(self, all.indexOf(act) + 1L, time(), act, hash()))
                        .sorted((one, other) -> Long.compare(other.number(), one.number()))
                        .filter(
                                line ->
                                        before.filter(limit -> !line.time().isBefore(limit))
                                                .isEmpty())
                        .limit(most)
                        .toList();
        return new AuditPage(lines, Optional.empty(), Map.of());
    }

    @Override
    public AuditPage merged(int most, Optional<Instant> before) {
        return own(most, before);
    }

    @Override
    public AuditVerdict verify(HostId host) {
        return new AuditVerdict(host, 1, acts.size(), acts.isEmpty() ? "" : hash(), List.of());
    }

    private static Instant time() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    private static String hash() {
        return "0".repeat(64);
    }
}

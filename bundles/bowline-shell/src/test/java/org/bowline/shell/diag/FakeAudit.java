package org.bowline.shell.diag;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.bowline.shell.FakePairing;

/** An audit with a line a second, of which a page holds at most two, and an unreachable other. */
final class FakeAudit implements Audit {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    final List<AuditLine> lines = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    boolean otherIsAway;

    @Override
    public void record(Act act) {
        int count = lines.size();
        lines.add(
                0,
                new AuditLine(
                        FakePairing.SELF,
                        count + 1L,
                        START.plusSeconds(count),
                        act,
                        "0".repeat(64)));
    }

    @Override
    public AuditPage own(int most, Optional<Instant> before) {
        List<AuditLine> older =
                lines.stream()
                        .filter(line -> before.isEmpty() || line.time().isBefore(before.get()))
                        .toList();
        List<AuditLine> page = older.subList(0, Math.min(Math.min(most, 2), older.size()));
        return new AuditPage(
                page,
                page.size() < older.size()
                        ? Optional.of(page.get(page.size() - 1).time())
                        : Optional.empty(),
                Map.of());
    }

    @Override
    public AuditPage merged(int most, Optional<Instant> before) {
        AuditPage own = own(most, before);
        return new AuditPage(
                own.lines(),
                own.before(),
                otherIsAway ? Map.of(FakePairing.OTHER, "no answer in 5 s") : Map.of());
    }

    @Override
    public AuditVerdict verify(HostId host) throws IOException {
        if (otherIsAway && host.equals(FakePairing.OTHER)) {
            throw new RefusedException(Refusal.PEER_UNREACHABLE, "No answer in 5 s.");
        }
        return new AuditVerdict(host, 1, lines.size(), "0".repeat(64), faults);
    }
}

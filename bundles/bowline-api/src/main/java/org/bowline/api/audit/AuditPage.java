package org.bowline.api.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * Lines of one or of several hosts, the newest first.
 *
 * @param lines at most as many as were asked for
 * @param before ask for lines before this time to go on; empty if there are no more
 * @param missing the hosts whose lines are not in it, each with the cause
 */
public record AuditPage(
        List<AuditLine> lines, Optional<Instant> before, Map<HostId, String> missing) {
    public AuditPage {
        lines = List.copyOf(lines);
        missing = Map.copyOf(missing);
    }
}

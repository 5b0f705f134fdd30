package org.bowline.api.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit log of this host: append-only lines, each naming the hash of the one before. Hosts of a
 * group tell each other their newest hash, so that a log that was cut or rewritten is found out by
 * the others.
 *
 * <p>Safe for use by any thread. What reads this host's own log waits for the disk; what reads
 * others' also for them: pages at most 5 s, a whole log at most 2 minutes.
 */
@ProviderType
public interface Audit {
    /**
     * Writes a line; on the disk when this returns. If it cannot be written the act goes on all the
     * same: the fault is logged, this host's health shows it, and the gap is named in the next line
     * that can be written.
     */
    void record(Act act);

    /**
     * Newest lines of this host.
     *
     * @param most lines, 1 to 1000
     * @param before only lines older than this; empty for the newest
     */
    AuditPage own(int most, Optional<Instant> before) throws IOException;

    /** Newest lines of all hosts of the group that can be reached, in the order of their times. */
    AuditPage merged(int most, Optional<Instant> before) throws IOException;

    /**
     * Reads a host's whole log and checks it.
     *
     * @throws IOException if it cannot be read, or the other host cannot be reached
     */
    AuditVerdict verify(HostId host) throws IOException;
}

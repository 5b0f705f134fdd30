package org.bowline.api.audit;

import java.util.List;
import org.bowline.api.identity.HostId;

/**
 * Whether a host's audit log is whole: every line names the hash of the one before, and every head
 * that this host remembers still stands in it. It remembers the newest that it heard and a bounded
 * number of older ones, of members and of some hosts that left; what was written and changed again
 * after the newest of them is not found.
 *
 * @param host whose log
 * @param first number of the oldest line that is kept
 * @param last number of the newest line; 0 if there is none
 * @param head hash of the newest line, as hex; empty if there is none
 * @param faults what is wrong, a sentence each; empty if all is well
 */
public record AuditVerdict(HostId host, long first, long last, String head, List<String> faults) {
    public AuditVerdict {
        faults = List.copyOf(faults);
    }
}

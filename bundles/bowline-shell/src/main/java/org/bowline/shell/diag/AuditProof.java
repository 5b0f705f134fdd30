package org.bowline.shell.diag;

import java.io.IOException;
import java.util.List;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;

/**
 * What came of reading through one host's audit log.
 *
 * @param host whose log
 * @param name what people call it
 * @param first number of the oldest line that is kept
 * @param last number of the newest line; 0 if there is none
 * @param head hash of the newest line, as hex
 * @param faults what is wrong with it, a sentence each
 * @param unread why it could not be read; empty if it was
 */
record AuditProof(
        HostId host,
        String name,
        long first,
        long last,
        String head,
        List<String> faults,
        String unread) {
    static AuditProof of(Audit audit, HostRow row) {
        try {
            AuditVerdict read = audit.verify(row.id());
            return new AuditProof(
                    row.id(),
                    row.name(),
                    read.first(),
                    read.last(),
                    read.head(),
                    read.faults(),
                    "");
        } catch (IOException e) {
            return new AuditProof(row.id(), row.name(), 0, 0, "", List.of(), cause(e));
        }
    }

    private static String cause(IOException thrown) {
        return thrown instanceof RefusedException refused
                ? refused.refusal().title() + ": " + refused.detail()
                : thrown.toString();
    }

    /** Whether the log was read and nothing is wrong with it. */
    boolean whole() {
        return unread.isEmpty() && faults.isEmpty();
    }

    /** In one word. */
    String word() {
        return whole() ? "whole" : unread.isEmpty() ? "faulty" : "unread";
    }

    /** All that is wrong. */
    String problem() {
        return unread.isEmpty() ? String.join(" ", faults) : unread;
    }
}

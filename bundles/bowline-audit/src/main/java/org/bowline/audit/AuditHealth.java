package org.bowline.audit;

import java.util.Optional;
import org.bowline.api.peers.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Complains while the audit log cannot be written. */
@Component
public final class AuditHealth implements HealthCheck {
    private static final String FIX =
            "Free space on the disk of the data directory, and check that the agent's user may"
                    + " write there.";

    private final ChainedAudit audit;

    @Activate
    public AuditHealth(@Reference ChainedAudit audit) {
        this.audit = audit;
    }

    @Override
    public String name() {
        return "audit-log";
    }

    @Override
    public Optional<Complaint> complaint() {
        return audit.gap()
                .map(
                        gap ->
                                new Complaint(
                                        "The audit log cannot be written since "
                                                + gap.from()
                                                + ", lines missing: "
                                                + gap.lines()
                                                + " ("
                                                + gap.cause()
                                                + ")",
                                        FIX))
                .or(
                        () ->
                                audit.trouble()
                                        .map(
                                                cause ->
                                                        new Complaint(
                                                                "The audit log cannot be opened: "
                                                                        + cause,
                                                                FIX)));
    }
}

package org.bowline.shell.diag;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.audit.Audit;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.link.HostCompleter;
import org.bowline.shell.link.LinkedHosts;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/** {@code diag:audit-verify}: reads audit logs from end to end and says whether they are whole. */
@Service
@Command(
        scope = "diag",
        name = "audit-verify",
        description = "Says whether a host's audit log is whole: not cut, not rewritten.")
public final class AuditVerifyCommand extends BowlineCommand {
    @Argument(
            name = "host",
            description = "Its name, address or id; without it, this host.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(HostCompleter.class)
    List<String> words = List.of();

    @Option(name = "--all", description = "Of all hosts of the group.")
    boolean all;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, wide (all columns), json, yaml or csv.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Option(name = "-c", aliases = "--columns", description = "Columns, comma-separated.")
    @Nullable String columns;

    @Option(name = "--no-format", description = "No heading, cells separated by a tab.")
    boolean bare;

    @Reference(optional = true)
    @Nullable Audit audit;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        List<HostRow> wanted = wanted(argument(words, "host"));
        Audit room = room(audit);
        List<AuditProof> proofs = wanted.stream().map(row -> AuditProof.of(room, row)).toList();
        table(screen).print(screen, format, columns, bare, proofs, "There is no host.");
        return proofs.stream().allMatch(AuditProof::whole) ? OK : PARTLY;
    }

    private List<HostRow> wanted(@Nullable String host) throws Exception {
        if (all && host != null) {
            throw new UsageException("Either " + host + " or --all, not both.");
        }
        LinkedHosts hosts = LinkedHosts.of(room(pairing));
        if (all) {
            return hosts.rows();
        }
        return List.of(host == null ? hosts.self() : hosts.named(host));
    }

    private static Listing<AuditProof> table(Screen screen) {
        return new Listing<>(
                List.of(
                        Column.of("host", AuditProof::name),
                        Column.of("lines", AuditVerifyCommand::lines),
                        Column.<AuditProof>of("state", AuditProof::word)
                                .painted(proof -> screen.state(proof.word(), proof.whole(), false)),
                        Column.of("problem", AuditProof::problem),
                        Column.wide("head", AuditProof::head),
                        Column.wide("host-id", proof -> proof.host().value())));
    }

    private static String lines(AuditProof proof) {
        return proof.last() == 0 ? "" : proof.first() + "-" + proof.last();
    }
}

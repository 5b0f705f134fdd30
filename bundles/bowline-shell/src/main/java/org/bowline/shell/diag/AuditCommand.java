package org.bowline.shell.diag;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.link.LinkedHosts;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Painted;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/** {@code diag:audit}: what was done and refused, on this host or on all of its group. */
@Service
@Command(
        scope = "diag",
        name = "audit",
        description = "Lists what was done and refused on this host, the newest first.")
public final class AuditCommand extends BowlineCommand {
    @Option(name = "--all", description = "Of all hosts of the group that can be reached.")
    boolean all;

    @Option(name = "--most", description = "Lines, 1 to 1000.", valueToShowInHelp = "50")
    String most = "50";

    @Option(name = "--before", description = "Only older lines, such as 2026-11-24T10:00:00Z.")
    @Nullable String before;

    @Option(name = "--act", description = "Only this, such as link.join, or link for all of it.")
    @Nullable String act;

    @Option(name = "--actor", description = "Only what this user asked for.")
    @Nullable String actor;

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
        int lines = number("--most", most, 1, AuditSearch.PAGE);
        Optional<Instant> limit = time(before);
        Audit room = room(audit);
        AuditPage page =
                new AuditSearch(lines, act, actor).in(all ? room::merged : room::own, limit);
        LinkedHosts names = LinkedHosts.of(pairing);
        if ("json".equals(format) || "yaml".equals(format)) {
            Listing.tree(screen, format, tree(page));
        } else {
            table(screen, names)
                    .print(screen, format, columns, bare, page.lines(), "There is no such line.");
        }
        page.missing()
                .forEach((host, cause) -> screen.warn(names.name(host) + " is missing: " + cause));
        return page.missing().isEmpty() ? OK : PARTLY;
    }

    private static Optional<Instant> time(@Nullable String text) throws UsageException {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--before takes a time such as 2026-11-24T10:00:00Z, not " + text);
        }
    }

    /** As REST answers. */
    private static JsonNode tree(AuditPage page) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("items", page.lines());
        tree.put("next", page.before());
        tree.put("missing", page.missing());
        return Json.tree(tree);
    }

    private static Listing<AuditLine> table(Screen screen, LinkedHosts names) {
        return new Listing<>(
                List.of(
                        Column.of("time", line -> line.time().toString()),
                        Column.of("host", line -> names.name(line.host())),
                        Column.of("actor", line -> line.act().actor().name()),
                        Column.of("act", line -> line.act().act()),
                        Column.of("subject", line -> subject(line, names)),
                        Column.<AuditLine>of("outcome", AuditCommand::outcome)
                                .painted(line -> paint(screen, line)),
                        Column.of("detail", line -> line.act().detail()),
                        Column.wide("cause", line -> line.act().cause()),
                        Column.wide("face", line -> line.act().actor().face()),
                        Column.wide("number", line -> String.valueOf(line.number())),
                        Column.wide("hash", AuditLine::hash),
                        Column.wide("host-id", line -> line.host().value())));
    }

    private static String subject(AuditLine line, LinkedHosts names) {
        String subject = line.act().subject();
        return names.rows().stream().anyMatch(row -> row.id().value().equals(subject))
                ? names.name(new HostId(subject))
                : subject;
    }

    private static String outcome(AuditLine line) {
        return Json.tree(line.act().outcome()).asText();
    }

    private static Painted paint(Screen screen, AuditLine line) {
        Act.Outcome outcome = line.act().outcome();
        return screen.state(
                outcome(line), outcome == Act.Outcome.DONE, outcome == Act.Outcome.REFUSED);
    }
}

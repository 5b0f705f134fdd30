package org.bowline.shell.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Painted;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/** {@code link:hosts}: the table of linked hosts, the same on every host. */
@Service
@Command(scope = "link", name = "hosts", description = "Lists the linked hosts.")
public final class HostsCommand extends BowlineCommand {
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
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        List<HostRow> rows = room(pairing).hosts();
        table(screen, rows.size() == 1)
                .print(screen, format, columns, bare, rows, "No host is linked.");
        return OK;
    }

    private static Listing<HostRow> table(Screen screen, boolean alone) {
        return new Listing<>(
                List.of(
                        Column.of("address", HostsCommand::addresses),
                        Column.of("name", HostRow::name),
                        Column.of("here", row -> row.self() ? "*" : ""),
                        Column.of("role", row -> role(row, alone)),
                        Column.of("status", row -> word(row.status())),
                        Column.<HostRow>of("content", row -> content(row.content()))
                                .painted(
                                        row ->
                                                paint(
                                                        screen,
                                                        row.content(),
                                                        content(row.content()))),
                        Column.<HostRow>of("health", row -> row.health().state())
                                .painted(row -> paint(screen, row.health(), row.health().state())),
                        Column.of("version", HostRow::version),
                        Column.of("problem", HostsCommand::problem),
                        Column.wide("content-reason", row -> row.content().reason()),
                        Column.wide("content-fix", row -> row.content().fix()),
                        Column.wide("health-reason", row -> row.health().reason()),
                        Column.wide("health-fix", row -> row.health().fix()),
                        Column.wide("unlink", row -> allowed(row.cannotUnlink())),
                        Column.wide("forget", row -> allowed(row.cannotForget())),
                        Column.wide("moved", row -> text(row.moved().map(HostRow.Moved::at))),
                        Column.wide("contact", row -> text(row.lastContact())),
                        Column.wide("id", row -> row.id().value())));
    }

    /** Of a host that moved behind Bowline's back: the old ones, and those of now. */
    private static String addresses(HostRow row) {
        String now = String.join(" ", row.addresses());
        return row.moved().map(moved -> String.join(" ", moved.from()) + " -> " + now).orElse(now);
    }

    private static String allowed(Optional<Reason> obstacle) {
        return obstacle.map(reason -> "no: " + reason.detail()).orElse("yes");
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    private static String role(HostRow row, boolean alone) {
        String group = row.leader() ? "leader" : alone ? "standalone" : "follower";
        return row.role().map(role -> group + ", " + role).orElse(group);
    }

    private static String word(HostRow.Status status) {
        return status == HostRow.Status.READY ? "Ready" : "In-Use";
    }

    private static String content(HostRow.Cell cell) {
        return "syncing".equals(cell.state())
                ? cell.state() + " " + cell.percent() + " %"
                : cell.state();
    }

    private static Painted paint(Screen screen, HostRow.Cell cell, String text) {
        boolean good = "synced".equals(cell.state()) || "healthy".equals(cell.state());
        return screen.state(text, good, "syncing".equals(cell.state()));
    }

    private static String problem(HostRow row) {
        HostRow.Cell cell = row.health().reason().isEmpty() ? row.content() : row.health();
        return cell.reason().isEmpty() ? "" : cell.reason() + ". " + cell.fix();
    }
}

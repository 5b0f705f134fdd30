package org.bowline.shell.content;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.link.LinkedHosts;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Painted;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.Sizes;
import org.bowline.shell.output.Waiting;
import org.jspecify.annotations.Nullable;

/** {@code content:sync}: how every host stands with every content bundle. */
@Service
@Command(
        scope = "content",
        name = "sync",
        description = "Shows how every host stands with every content bundle.")
public final class SyncCommand extends BowlineCommand {
    @Argument(
            name = "content",
            description = "Only this one: its name or digest.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(ContentCompleter.class)
    List<String> words = List.of();

    @Option(name = "--retry", description = "Tries at once what waits here for another attempt.")
    boolean retry;

    @Option(
            name = "--wait",
            description = "Seconds to wait until every host holds it; then exit code 8.",
            valueToShowInHelp = "0")
    String wait = "0";

    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json, yaml or csv.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Option(name = "-c", aliases = "--columns", description = "Columns, comma-separated.")
    @Nullable String columns;

    @Option(name = "--no-format", description = "No heading, cells separated by a tab.")
    boolean bare;

    @Reference(optional = true)
    @Nullable Catalog catalog;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        Catalog room = room(catalog);
        String wanted = argument(words, "content bundle");
        Optional<Digest> only =
                wanted == null ? Optional.empty() : Optional.of(Named.find(room, wanted).digest());
        int seconds = number("--wait", wait, 0, LONGEST_WAIT);
        if (retry) {
            room.retryNow();
        }
        boolean done =
                seconds == 0
                        || Waiting.until(
                                room::watch,
                                () -> everywhere(room, only),
                                Duration.ofSeconds(seconds));
        table(screen, room, LinkedHosts.of(pairing))
                .print(
                        screen,
                        format,
                        columns,
                        bare,
                        SyncRow.of(room, only),
                        "There is no content.");
        return done ? OK : TIMEOUT;
    }

    static boolean everywhere(Catalog catalog, Optional<Digest> only) {
        return catalog.items().stream()
                .map(CatalogItem::digest)
                .filter(digest -> only.isEmpty() || only.get().equals(digest))
                .allMatch(digest -> Synced.of(catalog, digest).everywhere());
    }

    private static Listing<SyncRow> table(Screen screen, Catalog catalog, LinkedHosts names) {
        return new Listing<>(
                List.of(
                        Column.of("name", row -> name(catalog, row)),
                        Column.of("host", row -> names.name(row.host())),
                        Column.<SyncRow>of("state", SyncRow::word)
                                .painted(row -> paint(screen, row)),
                        Column.of(
                                "left",
                                row -> row.bytesLeft() == 0 ? "" : Sizes.text(row.bytesLeft())),
                        Column.of("source", SyncRow::source),
                        Column.of(
                                "rate",
                                row ->
                                        row.bytesPerSecond() == 0
                                                ? ""
                                                : Sizes.text(row.bytesPerSecond()) + "/s"),
                        Column.of("problem", SyncRow::problem),
                        Column.wide("digest", row -> row.digest().value()),
                        Column.wide("id", row -> row.host().value())));
    }

    private static String name(Catalog catalog, SyncRow row) {
        return catalog.item(row.digest())
                .map(item -> item.name() + " r" + item.revision())
                .orElse(row.digest().value());
    }

    private static Painted paint(Screen screen, SyncRow row) {
        return screen.state(row.word(), row.synced(), row.word().startsWith("Syncing"));
    }
}

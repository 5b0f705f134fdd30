package org.bowline.shell.content;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.content.Catalog;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Painted;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.Sizes;
import org.jspecify.annotations.Nullable;

/** {@code content:list}: the content bundles of the group. */
@Service
@Command(scope = "content", name = "list", description = "Lists the group's content bundles.")
public final class ListCommand extends BowlineCommand {
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

    @Override
    protected int run(Screen screen) throws Exception {
        Catalog room = room(catalog);
        List<ItemView> items = room.items().stream().map(ItemView::of).toList();
        table(screen, room).print(screen, format, columns, bare, items, "There is no content.");
        return OK;
    }

    private static Listing<ItemView> table(Screen screen, Catalog catalog) {
        return new Listing<>(
                List.of(
                        Column.of("name", ItemView::name),
                        Column.of("revision", item -> String.valueOf(item.revision())),
                        Column.of("kind", item -> Json.tree(item.kind()).asText()),
                        Column.of("size", item -> Sizes.text(item.size())),
                        Column.<ItemView>of(
                                        "synced",
                                        item -> Synced.of(catalog, item.digest()).toString())
                                .painted(item -> paint(screen, Synced.of(catalog, item.digest()))),
                        Column.of("short", item -> item.digest().hex().substring(0, 12)),
                        Column.wide("digest", item -> item.digest().value()),
                        Column.wide("bytes", item -> String.valueOf(item.size())),
                        Column.wide("added", item -> item.addedAt().toString()),
                        Column.wide("by", ItemView::addedBy),
                        Column.wide("on", item -> item.addedOn().value())));
    }

    private static Painted paint(Screen screen, Synced synced) {
        return screen.state(synced.toString(), synced.everywhere(), true);
    }
}

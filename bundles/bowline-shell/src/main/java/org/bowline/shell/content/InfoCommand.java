package org.bowline.shell.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.link.LinkedHosts;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.Sizes;
import org.jspecify.annotations.Nullable;

/** {@code content:info}: one content bundle and where it is. */
@Service
@Command(
        scope = "content",
        name = "info",
        description = "Shows one content bundle and which hosts hold it.")
public final class InfoCommand extends BowlineCommand {
    @Argument(
            name = "content",
            description = "Its name or digest.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(ContentCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json or yaml.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Reference(optional = true)
    @Nullable Catalog catalog;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        Catalog room = room(catalog);
        CatalogItem item = Named.find(room, required(words, "content bundle"));
        if ("table".equals(format)) {
            show(screen, room, item);
        } else {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("item", ItemView.of(item));
            all.put("hosts", SyncRow.of(room, Optional.of(item.digest())));
            Listing.tree(screen, format, Json.tree(all));
        }
        return OK;
    }

    private void show(Screen screen, Catalog catalog, CatalogItem item) {
        LinkedHosts names = LinkedHosts.of(pairing);
        screen.line("Name      %s, revision %d", item.name(), item.revision());
        screen.line("Digest    %s", item.digest());
        screen.line("Kind      %s", Json.tree(item.kind()).asText());
        screen.line("Size      %s (%d bytes)", Sizes.text(item.size()), item.size());
        screen.line(
                "Added     %s by %s on %s",
                item.addedAt(), item.addedBy().name(), names.name(item.addedOn()));
        screen.line("Synced    %s", Synced.of(catalog, item.digest()));
        for (SyncRow row : SyncRow.of(catalog, Optional.of(item.digest()))) {
            screen.line(
                    "  %s  %s  %s",
                    names.name(row.host()),
                    screen.state(row.word(), row.synced(), row.word().startsWith("Syncing")),
                    row.problem());
        }
    }
}

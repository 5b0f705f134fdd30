package org.bowline.shell.link;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/**
 * {@code link:aside}: what this host alone held when it followed a takeover; drops it on request.
 */
@Service
@Command(
        scope = "link",
        name = "aside",
        description = "Lists what this host alone held when it followed a takeover.")
public final class AsideCommand extends BowlineCommand {
    @Option(name = "--drop", description = "Deletes what was set aside under this id.")
    @Completion(AsideCompleter.class)
    @Nullable String drop;

    @Option(name = "-y", aliases = "--yes", description = "Does not ask before it drops.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only shows what would be dropped.")
    boolean dry;

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
    @Nullable Group group;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        List<Aside> all = room(group).aside();
        if (drop == null) {
            list(screen, all);
            return OK;
        }
        return drop(screen, one(all, drop));
    }

    private void list(Screen screen, List<Aside> asides) throws Exception {
        if ("json".equals(format) || "yaml".equals(format)) {
            Listing.tree(screen, format, Json.tree(Map.of("items", asides)));
            return;
        }
        List<AsideRow> rows = asides.stream().flatMap(AsideRow::of).toList();
        new Listing<>(AsideRow.columns(LinkedHosts.of(pairing)))
                .print(screen, format, columns, bare, rows, "Nothing is set aside on this host.");
    }

    private int drop(Screen screen, Aside aside) throws Exception {
        list(screen, List.of(aside));
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, "Delete what was set aside as " + aside.id() + "?")) {
            return CANCELLED;
        }
        room(group).dropAside(aside.id());
        return OK;
    }

    private static Aside one(List<Aside> all, String id) throws RefusedException {
        return all.stream()
                .filter(aside -> aside.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.NOT_FOUND,
                                        "Nothing is set aside as " + id + ", see link:aside."));
    }
}

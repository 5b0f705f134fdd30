package org.bowline.shell.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code link:aside}: what this host alone held when it followed a takeover; drops it on request.
 */
@Service
@Command(
        scope = "link",
        name = "aside",
        description = "Lists what this host alone held when it followed a takeover.")
public final class AsideCommand extends BowlineCommand {
    private static final Logger LOG = LoggerFactory.getLogger(AsideCommand.class);

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

    @Reference(optional = true)
    @Nullable Audit audit;

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
            Listing.tree(screen, format, tree(asides));
            return;
        }
        List<AsideRow> rows = asides.stream().flatMap(AsideRow::of).toList();
        new Listing<>(AsideRow.columns(LinkedHosts.of(pairing)))
                .print(screen, format, columns, bare, rows, "Nothing is set aside on this host.");
    }

    /** As REST answers: a value is the JSON that its room wrote. */
    private static JsonNode tree(List<Aside> asides) {
        JsonNode tree = Json.tree(Map.of("items", asides));
        for (int at = 0; at < asides.size(); at++) {
            List<Aside.Item> items = asides.get(at).items();
            for (int of = 0; of < items.size(); of++) {
                byte[] value = items.get(of).value();
                if (value != null
                        && tree.at("/items/" + at + "/items/" + of) instanceof ObjectNode item) {
                    item.set("value", Json.read(value));
                }
            }
        }
        return tree;
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
        record(screen, aside);
        return OK;
    }

    /** Recorded here, as in REST: the group is not told who asks. */
    private void record(Screen screen, Aside aside) {
        Audit room = audit;
        String what = aside.items().size() + " changes of group " + aside.group();
        if (room == null) {
            LOG.warn("The audit is away, so it misses that {} were dropped", what);
            return;
        }
        room.record(Act.done(screen.actor(), "group.drop-aside", aside.id(), what));
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

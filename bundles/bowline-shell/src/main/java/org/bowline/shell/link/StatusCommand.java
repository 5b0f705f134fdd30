package org.bowline.shell.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/** {@code link:status}: whether this host leads or follows, and the links under way. */
@Service
@Command(
        scope = "link",
        name = "status",
        description = "Shows whether this host leads or follows, and the links under way.")
public final class StatusCommand extends BowlineCommand {
    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json or yaml.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        LeaderView leader = room(pairing).leader();
        LinkView link = room(pairing).link();
        if (!"table".equals(format)) {
            Listing.tree(screen, format, tree(leader, link));
            return OK;
        }
        screen.line(role(leader, link));
        for (LeaderView.Joining joining : leader.joining()) {
            screen.line(
                    "Joining: %s (%s), %s%s",
                    joining.name(),
                    joining.address(),
                    JoinCommand.word(joining.status()),
                    joining.reason().map(reason -> ": " + reason.title()).orElse(""));
        }
        link.last()
                .ifPresent(
                        last ->
                                screen.line(
                                        "Last link: %s%s",
                                        JoinCommand.word(last.status()),
                                        last.reason()
                                                .map(reason -> ": " + reason.detail())
                                                .orElse("")));
        return OK;
    }

    private String role(LeaderView leader, LinkView link) {
        if (link.follower()) {
            return "Follower of " + link.leader().map(Object::toString).orElse("a leader") + ".";
        }
        return leader.leading()
                ? "Leader: it generates tokens. Show the one of now with link:token."
                : "Standalone. Lead a group with link:token, or join one with link:join.";
    }

    /** Without the token: a status is copied into tickets. */
    private static JsonNode tree(LeaderView leader, LinkView link) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("leader", leader);
        both.put("link", link);
        JsonNode tree = Json.tree(both);
        if (tree.get("leader") instanceof ObjectNode shown) {
            shown.remove("token");
        }
        return tree;
    }
}

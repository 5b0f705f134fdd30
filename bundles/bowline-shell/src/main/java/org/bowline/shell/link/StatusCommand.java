package org.bowline.shell.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
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
        LinkedHosts names = LinkedHosts.of(pairing);
        screen.line(role(leader, link, names));
        link.leaderLostSeconds().ifPresent(seconds -> screen.line(lost(seconds)));
        leader.challenge().ifPresent(challenge -> challenged(screen, challenge));
        if (link.follower() || leader.challenge().isPresent()) {
            screen.line(
                    "Take over: %s",
                    leader.cannotTakeOver()
                            .map(Screen::sentence)
                            .orElse("possible, with link:takeover."));
        }
        leader.joining().forEach(joining -> screen.line("Joining: %s", line(joining)));
        link.operations().forEach(operation -> screen.line("Link: %s", line(operation)));
        return OK;
    }

    private static String role(LeaderView leader, LinkView link, LinkedHosts names) {
        if (link.follower()) {
            return "Follower of " + link.leader().map(names::name).orElse("a leader") + ".";
        }
        return leader.leading()
                ? "Leader: it generates tokens. Show the one of now with link:token."
                : "Standalone. Lead a group with link:token, or join one with link:join.";
    }

    private static String lost(long seconds) {
        Instant since = Instant.now().minusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        return "Its leader is lost since %s, for %d s.".formatted(since, seconds);
    }

    private static void challenged(Screen screen, LeaderView.Challenge challenge) {
        screen.line(
                "Challenged: %s (%s) took over in generation %d; %d of %d members follow it.",
                challenge.name(),
                challenge.address(),
                challenge.generation(),
                challenge.following(),
                challenge.members());
        screen.line(
                "No changes are accepted until this host follows it (link:yield) or takes over (link:takeover).");
    }

    private static String line(LeaderView.Joining joining) {
        return "%s (%s), %s%s"
                .formatted(
                        joining.name(),
                        joining.address(),
                        JoinCommand.word(joining.status()),
                        cause(joining.reason()));
    }

    private static String line(LinkView.Operation operation) {
        return "to %s, %s%s"
                .formatted(
                        operation.leader(),
                        JoinCommand.word(operation.status()),
                        cause(operation.reason()));
    }

    private static String cause(Optional<Reason> reason) {
        return reason.map(why -> ". " + Screen.sentence(why)).orElse("");
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

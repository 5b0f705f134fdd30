package org.bowline.shell.link;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.UsageException;
import org.bowline.shell.output.Waiting;
import org.jspecify.annotations.Nullable;

/** {@code link:join}: Link this device to another, with the token that the other shows. */
@Service
@Command(
        scope = "link",
        name = "join",
        description = "Links this host to the leader whose token is pasted.")
public final class JoinCommand extends BowlineCommand {
    @Argument(
            name = "token",
            description =
                    "What the leader shows. Better leave it out: it is asked for, or read from standard input, and stays out of process lists.",
            censor = true,
            multiValued = true,
            valueToShowInHelp = "")
    List<String> words = List.of();

    @Option(name = "-y", aliases = "--yes", description = "Does not ask.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only runs the checks; nothing is used up.")
    boolean dry;

    @Option(
            name = "--wait",
            description = "Seconds to wait for the end; 0 leaves it to link:status.",
            valueToShowInHelp = "60")
    String wait = "60";

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        String token = argument(words, "token");
        int seconds = number("--wait", wait, 0, LONGEST_WAIT);
        if (!yes && !dry && !screen.answers()) {
            throw new UsageException("Nobody can confirm here: say it with -y.");
        }
        String pasted = token == null ? screen.ask("Token: ") : token.strip();
        LinkPreview preview = room(pairing).preview(pasted);
        describe(screen, preview);
        Optional<Reason> obstacle =
                preview.checks().stream().flatMap(check -> check.failed().stream()).findFirst();
        if (obstacle.isPresent()) {
            screen.refused(obstacle.get());
            return obstacle.get().refusal().exitCode();
        }
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, "Link this host to " + preview.leaderName() + "?")) {
            screen.line("Nothing was changed.");
            return CANCELLED;
        }
        LinkView.Operation begun = room(pairing).link(pasted, screen.actor());
        return seconds > 0 ? follow(screen, begun, Duration.ofSeconds(seconds)) : OK;
    }

    private static void describe(Screen screen, LinkPreview preview) {
        screen.line(
                "Leader %s at %s, group %s of %d, %d s left.",
                preview.leaderName(),
                preview.leaderAddress(),
                preview.groupId(),
                preview.members(),
                preview.left().toSeconds());
        for (LinkPreview.Check check : preview.checks()) {
            boolean good = check.failed().isEmpty();
            screen.line(
                    "  %s %s: %s",
                    screen.state(good ? "ok  " : "no  ", good, false),
                    check.title(),
                    check.detail());
        }
        preview.brings().forEach(line -> screen.line("  It brings: %s", line));
        preview.givesWay().forEach(line -> screen.line("  Gives way: %s", line));
    }

    private int follow(Screen screen, LinkView.Operation begun, Duration limit) throws Exception {
        Pairing room = room(pairing);
        Set<String> told = new HashSet<>();
        boolean ended =
                Waiting.until(room::watch, () -> ended(screen, now(room, begun), told), limit);
        LinkView.Operation last = now(room, begun);
        if (!ended) {
            screen.line("It still goes on: look at link:status.");
            return TIMEOUT;
        }
        if (last.status() == LinkStatus.COMPLETED) {
            screen.line("Linked. The group is in link:hosts.");
            return OK;
        }
        return failed(screen, last);
    }

    private static int failed(Screen screen, LinkView.Operation last) {
        return last.reason()
                .map(
                        reason -> {
                            screen.refused(reason);
                            return reason.refusal().exitCode();
                        })
                .orElse(CANCELLED);
    }

    private static LinkView.Operation now(Pairing room, LinkView.Operation begun) {
        Predicate<LinkView.Operation> same = last -> last.id().equals(begun.id());
        return room.link().last().filter(same).orElse(begun);
    }

    /** Tells each step once, when it has ended. */
    private static boolean ended(Screen screen, LinkView.Operation now, Set<String> told) {
        for (LinkView.Step step : now.steps()) {
            boolean over =
                    step.status() == LinkStatus.COMPLETED || step.status() == LinkStatus.FAILED;
            if (over && told.add(step.title())) {
                boolean good = step.status() == LinkStatus.COMPLETED;
                screen.line(
                        "  %s %s", screen.state(good ? "ok  " : "no  ", good, false), step.title());
            }
        }
        return now.status() == LinkStatus.COMPLETED || now.status() == LinkStatus.FAILED;
    }

    /** As the Local UI says it. */
    static String word(LinkStatus status) {
        return switch (status) {
            case PENDING -> "Pending";
            case IN_PROGRESS -> "InProgress";
            case COMPLETED -> "Completed";
            case FAILED -> "Failed";
        };
    }
}

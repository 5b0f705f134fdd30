package org.bowline.shell.diag;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.link.HostCompleter;
import org.bowline.shell.link.LinkedHosts;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Column;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/** {@code diag:ping}: dials a linked host on each of its addresses, now. */
@Service
@Command(
        scope = "diag",
        name = "ping",
        description = "Looks from here whether a linked host answers, on each of its addresses.")
public final class PingCommand extends BowlineCommand {
    @Argument(
            name = "host",
            description = "Its name, address or id.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(HostCompleter.class)
    List<String> words = List.of();

    @Option(
            name = "-o",
            aliases = "--output",
            description = "table, json, yaml or csv.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Option(name = "--no-format", description = "No heading, cells separated by a tab.")
    boolean bare;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        String wanted = required(words, "host");
        HostRow row = LinkedHosts.of(room(pairing)).named(wanted);
        HostCheck check = room(pairing).check(row.id());
        show(screen, check);
        if (check.tries().stream().anyMatch(found -> found.failed().isEmpty())) {
            return OK;
        }
        Reason silent =
                new Reason(
                        Refusal.PEER_UNREACHABLE,
                        "%s answers on none of %d addresses."
                                .formatted(row.name(), check.tries().size()));
        screen.refused(silent);
        return silent.refusal().exitCode();
    }

    private void show(Screen screen, HostCheck check) throws Exception {
        if ("json".equals(format) || "yaml".equals(format)) {
            Listing.tree(screen, format, Json.tree(check));
            return;
        }
        table(screen).print(screen, format, null, bare, check.tries(), "No address is known.");
        if ("table".equals(format) && !bare && !check.standing().isEmpty()) {
            screen.line(check.standing());
        }
    }

    private static Listing<HostCheck.Try> table(Screen screen) {
        return new Listing<>(
                List.of(
                        Column.of("address", HostCheck.Try::endpoint),
                        Column.<HostCheck.Try>of("answer", PingCommand::answer)
                                .painted(
                                        found ->
                                                screen.state(
                                                        answer(found),
                                                        found.failed().isEmpty(),
                                                        false)),
                        Column.of("ms", found -> String.valueOf(found.millis())),
                        Column.of("problem", PingCommand::problem)));
    }

    private static String answer(HostCheck.Try found) {
        return found.failed().isEmpty() ? "yes" : "no";
    }

    private static String problem(HostCheck.Try found) {
        return found.failed().map(Screen::sentence).orElse("");
    }
}

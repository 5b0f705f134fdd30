package org.bowline.shell.link;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Plan;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * {@code link:unlink}: unlinks this host from its leader, or on the leader one of its followers;
 * there it also forgets a host that will never return.
 */
@Service
@Command(
        scope = "link",
        name = "unlink",
        description = "Unlinks this host from its leader; on the leader, a follower.")
public final class UnlinkCommand extends PlannedCommand {
    @Argument(
            name = "host",
            description = "Its name, address or id; without it, this host.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(HostCompleter.class)
    List<String> words = List.of();

    @Option(name = "--forget", description = "Forgets an unreachable host that will never return.")
    boolean forget;

    @Override
    protected int run(Screen screen) throws Exception {
        @Nullable String wanted = argument(words, "host");
        if (forget) {
            if (wanted == null) {
                throw new UsageException("Forget which host? Name it.");
            }
            return forget(screen, LinkedHosts.of(room(pairing)).named(wanted));
        }
        if (wanted == null) {
            return unlinkSelf(screen);
        }
        HostRow row = LinkedHosts.of(room(pairing)).named(wanted);
        return row.self() ? unlinkSelf(screen) : unlink(screen, row);
    }

    private int unlinkSelf(Screen screen) throws Exception {
        return carryOut(
                screen,
                Plan.Act.UNLINK,
                Optional.empty(),
                "Unlink this host?",
                () -> {
                    room(pairing).unlink(screen.actor());
                    return "This host is unlinked.";
                });
    }

    private int unlink(Screen screen, HostRow row) throws Exception {
        return carryOut(
                screen,
                Plan.Act.UNLINK,
                Optional.of(row.id()),
                "Unlink " + row.name() + "?",
                () -> {
                    room(pairing).unlink(row.id(), screen.actor());
                    return row.name() + " is unlinked.";
                });
    }

    private int forget(Screen screen, HostRow row) throws Exception {
        return carryOut(
                screen,
                Plan.Act.FORGET,
                Optional.of(row.id()),
                "Forget " + row.name() + "?",
                () -> {
                    room(pairing).forget(row.id(), screen.actor());
                    return row.name() + " is forgotten; if it returns it learns that it is out.";
                });
    }
}

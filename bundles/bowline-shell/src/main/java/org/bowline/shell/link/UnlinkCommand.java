package org.bowline.shell.link;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Screen;
import org.bowline.shell.output.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * {@code link:unlink}: unlinks this host from its leader, or on the leader one of its followers.
 */
@Service
@Command(
        scope = "link",
        name = "unlink",
        description = "Unlinks this host from its leader; on the leader, a follower.")
public final class UnlinkCommand extends BowlineCommand {
    @Argument(
            name = "host",
            description = "Its name, address or id; without it, this host.",
            multiValued = true,
            valueToShowInHelp = "")
    @Completion(HostCompleter.class)
    List<String> words = List.of();

    @Option(name = "-y", aliases = "--yes", description = "Does not ask.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only says what would happen.")
    boolean dry;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        HostRow row = row(room(pairing).hosts(), argument(words, "host"));
        Optional<Reason> obstacle =
                row.self() ? room(pairing).link().cannotUnlink() : row.cannotUnlink();
        if (obstacle.isPresent()) {
            screen.refused(obstacle.get());
            return obstacle.get().refusal().exitCode();
        }
        screen.line(
                "%s leaves the group; it keeps its content and may be linked again.", row.name());
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, "Unlink " + row.name() + "?")) {
            screen.line("Nothing was changed.");
            return CANCELLED;
        }
        if (row.self()) {
            room(pairing).unlink(screen.actor());
        } else {
            room(pairing).unlink(row.id(), screen.actor());
        }
        screen.line("%s is unlinked.", row.name());
        return OK;
    }

    private static HostRow row(List<HostRow> rows, @Nullable String wanted)
            throws RefusedException, UsageException {
        List<HostRow> found =
                rows.stream()
                        .filter(row -> wanted == null ? row.self() : named(row, wanted))
                        .toList();
        if (found.size() > 1) {
            throw new UsageException(
                    found.size()
                            + " hosts are called "
                            + wanted
                            + ": use the id (link:hosts -c name,id).");
        }
        if (found.isEmpty()) {
            throw wanted == null
                    ? new RefusedException(Refusal.NOT_FOLLOWER, "This host stands alone.")
                    : new RefusedException(Refusal.HOST_UNKNOWN, "There is no " + wanted + ".");
        }
        return found.get(0);
    }

    private static boolean named(HostRow row, String wanted) {
        return row.name().equals(wanted)
                || row.id().value().equals(wanted)
                || row.addresses().contains(wanted);
    }
}

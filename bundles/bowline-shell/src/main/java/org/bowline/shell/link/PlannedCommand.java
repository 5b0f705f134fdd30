package org.bowline.shell.link;

import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.FormatCompleter;
import org.bowline.shell.output.Json;
import org.bowline.shell.output.Listing;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/** What the commands share that show their plan first, and then ask. */
abstract class PlannedCommand extends BowlineCommand {
    @Option(name = "-y", aliases = "--yes", description = "Does not ask.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only shows the plan.")
    boolean dry;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "The plan as table, json or yaml.",
            valueToShowInHelp = "table")
    @Completion(FormatCompleter.class)
    String format = "table";

    @Reference(optional = true)
    @Nullable Pairing pairing;

    /** What was planned. */
    interface Deed {
        /** Does it; returns one line of what is true now. */
        String done() throws IOException;
    }

    /**
     * Shows the plan, asks, does it.
     *
     * @return the exit code
     */
    final int carryOut(
            Screen screen, Plan.Act act, Optional<HostId> host, String question, Deed deed)
            throws Exception {
        Plan plan = room(pairing).plan(act, host);
        show(screen, plan);
        if (plan.refused().isPresent()) {
            screen.refused(plan.refused().get());
            return plan.refused().get().refusal().exitCode();
        }
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, question)) {
            tell(screen, "Nothing was changed.");
            return CANCELLED;
        }
        tell(screen, deed.done());
        return OK;
    }

    private void show(Screen screen, Plan plan) throws Exception {
        if (!"table".equals(format)) {
            Listing.tree(screen, format, Json.tree(plan));
            return;
        }
        plan.changes().forEach(change -> screen.line("%s: %s", change.host(), change.what()));
        plan.stays().forEach(line -> screen.line("Stays: %s", line));
    }

    /** For people alone: what a program reads is the plan, and nothing behind it. */
    private void tell(Screen screen, String text) {
        if ("table".equals(format)) {
            screen.line(text);
        }
    }
}

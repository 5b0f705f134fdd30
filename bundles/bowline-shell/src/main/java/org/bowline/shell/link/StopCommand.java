package org.bowline.shell.link;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.output.BowlineCommand;
import org.bowline.shell.output.Screen;
import org.jspecify.annotations.Nullable;

/** {@code link:stop}: Stop token generation. */
@Service
@Command(
        scope = "link",
        name = "stop",
        description = "Stops token generation: this host leads no more.")
public final class StopCommand extends BowlineCommand {
    @Option(name = "-y", aliases = "--yes", description = "Does not ask.")
    boolean yes;

    @Option(name = "--dry-run", description = "Only says what would happen.")
    boolean dry;

    @Reference(optional = true)
    @Nullable Pairing pairing;

    @Override
    protected int run(Screen screen) throws Exception {
        LeaderView leader = room(pairing).leader();
        if (!leader.leading()) {
            throw new RefusedException(
                    Refusal.NOT_LEADING, "There is no token generation to stop.");
        }
        Optional<Reason> obstacle = leader.cannotStop();
        if (obstacle.isPresent()) {
            screen.refused(obstacle.get());
            return obstacle.get().refusal().exitCode();
        }
        screen.line("The token dies at once, and this host leads no more; its content stays.");
        if (dry) {
            return OK;
        }
        if (!screen.confirm(yes, "Stop token generation?")) {
            screen.line("Nothing was changed.");
            return CANCELLED;
        }
        room(pairing).stopLeading(screen.actor());
        screen.line("This host stands alone now.");
        return OK;
    }
}

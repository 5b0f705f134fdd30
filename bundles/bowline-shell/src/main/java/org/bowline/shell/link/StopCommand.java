package org.bowline.shell.link;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.Plan;
import org.bowline.shell.output.Screen;

/** {@code link:stop}: Stop token generation. */
@Service
@Command(
        scope = "link",
        name = "stop",
        description = "Stops token generation: this host leads no more.")
public final class StopCommand extends PlannedCommand {
    @Override
    protected int run(Screen screen) throws Exception {
        return carryOut(
                screen,
                Plan.Act.STOP_LEADING,
                Optional.empty(),
                "Stop token generation?",
                () -> {
                    room(pairing).stopLeading(screen.actor());
                    return "This host stands alone now.";
                });
    }
}

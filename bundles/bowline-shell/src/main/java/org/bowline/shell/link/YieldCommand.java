package org.bowline.shell.link;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.Plan;
import org.bowline.shell.output.Screen;

/** {@code link:yield}: a challenged leader follows the host that has taken over its group. */
@Service
@Command(
        scope = "link",
        name = "yield",
        description = "Follows the host that has taken over this leader's group.")
public final class YieldCommand extends PlannedCommand {
    @Override
    protected int run(Screen screen) throws Exception {
        return carryOut(
                screen,
                Plan.Act.YIELD,
                Optional.empty(),
                "Follow the host that took over?",
                () -> {
                    room(pairing).yield(screen.actor());
                    return "This host follows now. What it alone held is in link:aside.";
                });
    }
}

package org.bowline.shell.link;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bowline.api.pairing.Plan;
import org.bowline.shell.output.Screen;

/**
 * {@code link:takeover}: Take over. Makes a follower whose leader was lost the leader of the same
 * group, or a challenged leader lead on.
 */
@Service
@Command(
        scope = "link",
        name = "takeover",
        description =
                "Makes this host the leader of its group: its leader was lost, or another took over.")
public final class TakeoverCommand extends PlannedCommand {
    @Override
    protected int run(Screen screen) throws Exception {
        return carryOut(
                screen,
                Plan.Act.TAKE_OVER,
                Optional.empty(),
                "Take over the group on this host?",
                () -> {
                    room(pairing).takeOver(screen.actor());
                    return "This host leads the group now. Who follows is in link:hosts.";
                });
    }
}

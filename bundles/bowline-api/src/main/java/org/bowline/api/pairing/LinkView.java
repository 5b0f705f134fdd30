package org.bowline.api.pairing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * How this host stands with a leader, and its last link.
 *
 * @param follower whether this host is linked to a leader
 * @param leader the leader; empty unless follower
 * @param cannotLink why Link this device to another is disabled; empty if it is allowed
 * @param cannotUnlink why Unlink is disabled; empty if it is allowed
 * @param leaderLostSeconds for how long the leader has not answered; empty while it does, and if
 *     this host follows nobody
 * @param last the link running now or ended last; empty if there was none since the start
 * @param operations the links since the start, the newest first, at most 20
 */
public record LinkView(
        boolean follower,
        Optional<HostId> leader,
        Optional<Reason> cannotLink,
        Optional<Reason> cannotUnlink,
        Optional<Long> leaderLostSeconds,
        Optional<Operation> last,
        List<Operation> operations) {
    public LinkView {
        operations = List.copyOf(operations);
    }

    /**
     * One link as the joining host sees it.
     *
     * @param id names the operation
     * @param leader what the leader calls itself; its address until that is known
     * @param status how far it is
     * @param steps in order
     * @param reason why it failed; empty unless it did
     */
    public record Operation(
            String id,
            String leader,
            LinkStatus status,
            List<Step> steps,
            Optional<Reason> reason) {
        public Operation {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step of a link.
     *
     * @param title what is done
     * @param status how far it is
     * @param at when that status was reached, by this host's clock
     */
    public record Step(String title, LinkStatus status, Instant at) {}
}

package org.bowline.api.pairing;

import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * Whether this host leads, and what it may do about it.
 *
 * @param leading whether it generates tokens
 * @param token the one shown now; present while leading, unless another host has taken the group
 *     over
 * @param cannotStart why Generate token is disabled; empty if it is allowed
 * @param cannotStop why Stop token generation is disabled; empty if it is allowed
 * @param cannotTakeOver why Take over is disabled; empty if it is allowed
 * @param challenge another host that has taken over this group; empty if none has
 * @param joining links that hosts are making with this leader now, and those that ended in the last
 *     minutes
 */
public record LeaderView(
        boolean leading,
        Optional<TokenView> token,
        Optional<Reason> cannotStart,
        Optional<Reason> cannotStop,
        Optional<Reason> cannotTakeOver,
        Optional<Challenge> challenge,
        List<Joining> joining) {
    public LeaderView {
        joining = List.copyOf(joining);
    }

    /**
     * One host's link as the leader sees it.
     *
     * @param host who links
     * @param name what it calls itself
     * @param address where it comes from
     * @param status how far it is; pending while it only looked
     * @param checks the pre-flight rows as both hosts judge them
     * @param reason why it failed; empty unless it did
     */
    public record Joining(
            HostId host,
            String name,
            String address,
            LinkStatus status,
            List<LinkPreview.Check> checks,
            Optional<Reason> reason) {
        public Joining {
            checks = List.copyOf(checks);
        }
    }

    /**
     * A takeover of the group that this host leads. It accepts no changes until it follows, which
     * it does by itself once most of its members do, or takes over itself.
     *
     * @param by who took over
     * @param name what that host calls itself
     * @param address where it is, as last known
     * @param generation of the group that it leads
     * @param following how many members said that they follow it
     * @param members how many there are, this host not counted
     */
    public record Challenge(
            HostId by, String name, String address, long generation, int following, int members) {}
}

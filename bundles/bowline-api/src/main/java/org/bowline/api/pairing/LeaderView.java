package org.bowline.api.pairing;

import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * Whether this host leads, and what it may do about it.
 *
 * @param leading whether it generates tokens
 * @param token the one shown now; present exactly while leading
 * @param cannotStart why Generate token is disabled; empty if it is allowed
 * @param cannotStop why Stop token generation is disabled; empty if it is allowed
 * @param joining links that hosts are making with this leader now, and those that ended in the last
 *     minutes
 */
public record LeaderView(
        boolean leading,
        Optional<TokenView> token,
        Optional<Reason> cannotStart,
        Optional<Reason> cannotStop,
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
     * @param status how far it is
     * @param reason why it failed; empty unless it did
     */
    public record Joining(
            HostId host, String name, String address, LinkStatus status, Optional<Reason> reason) {}
}

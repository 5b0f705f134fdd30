package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * One row of Linked Edge Hosts, the same on every host.
 *
 * @param id names the host
 * @param name what people call it
 * @param addresses its IP addresses, the preferred one first
 * @param uiPort where its Local UI listens
 * @param leader whether it leads
 * @param role {@code control-plane} or {@code worker}; empty outside a cluster
 * @param status Ready or In-Use
 * @param content how it stands with the group's content
 * @param health how it is
 * @param version of its agent
 * @param lastContact when it was last heard of, by this host's clock; empty if never since the
 *     start
 * @param self whether it is this host
 * @param moved from which addresses it moved behind Bowline's back; empty if it did not
 * @param cannotUnlink why Unlink is disabled in its menu here; empty if it is allowed
 * @param cannotForget why Forget is disabled in its menu here; empty if it is allowed
 */
public record HostRow(
        HostId id,
        String name,
        List<String> addresses,
        int uiPort,
        boolean leader,
        Optional<String> role,
        Status status,
        Cell content,
        Cell health,
        String version,
        Optional<Instant> lastContact,
        boolean self,
        Optional<Moved> moved,
        Optional<Reason> cannotUnlink,
        Optional<Reason> cannotForget) {
    public HostRow {
        addresses = List.copyOf(addresses);
    }

    /**
     * That a host has other addresses than before. Identity is the key, so it is trusted as before.
     *
     * @param from the addresses that it had
     * @param to the addresses that it has since
     * @param at when the leader learned of it, by the leader's clock
     */
    public record Moved(List<String> from, List<String> to, Instant at) {
        public Moved {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** Whether a cluster uses the host. */
    public enum Status {
        /** Free. */
        @JsonProperty("ready")
        READY,
        /** In a cluster. */
        @JsonProperty("in-use")
        IN_USE
    }

    /**
     * A cell that says more than a word.
     *
     * @param state such as {@code synced}, {@code syncing}, {@code not-synced}; {@code healthy},
     *     {@code unhealthy}, {@code unreachable}
     * @param percent 0 to 100; 100 where there is nothing to wait for
     * @param reason why it is not green; empty if it is
     * @param fix what to do about it; empty if it is green
     */
    public record Cell(String state, int percent, String reason, String fix) {}
}

package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * What a pasted token would do, before Confirm. Nothing is consumed and nothing changed by looking.
 *
 * @param leader the host that made the token
 * @param leaderName what it calls itself
 * @param leaderAddress where it answered
 * @param groupId the group that would be joined
 * @param members how many hosts it has now
 * @param left until the token expires, by the leader's clock
 * @param checks the pre-flight rows, in the order they are judged
 * @param brings what this host holds and would bring into the group, a line each
 * @param givesWay what of this host gives way to the group's, a line each
 */
public record LinkPreview(
        HostId leader,
        String leaderName,
        String leaderAddress,
        String groupId,
        int members,
        @JsonIgnore Duration left,
        List<Check> checks,
        List<String> brings,
        List<String> givesWay) {
    public LinkPreview {
        checks = List.copyOf(checks);
        brings = List.copyOf(brings);
        givesWay = List.copyOf(givesWay);
    }

    /** Seconds until the token expires. */
    @JsonProperty
    public double leftSeconds() {
        return left.toMillis() / 1000.0;
    }

    /** Whether every check passed. */
    @JsonProperty
    public boolean passed() {
        return checks.stream().allMatch(check -> check.failed().isEmpty());
    }

    /**
     * One pre-flight row.
     *
     * @param title what is checked, such as {@code Same deployment mode}
     * @param detail what was found
     * @param failed why it does not pass; empty if it does
     */
    public record Check(String title, String detail, Optional<Reason> failed) {}
}

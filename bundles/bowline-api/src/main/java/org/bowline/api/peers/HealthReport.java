package org.bowline.api.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How a host is, by its own {@link HealthCheck}s: what stands as JSON in presence under {@link
 * #KEY}, such as {@code {"state":"unhealthy","reason":"…","fix":"…"}}.
 *
 * @param state healthy if no check complains
 * @param reason what is wrong, for people; empty if healthy
 * @param fix what to do about it; empty if healthy
 */
@JsonPropertyOrder({"state", "reason", "fix"})
public record HealthReport(State state, String reason, String fix) {
    /** The key in presence. */
    public static final String KEY = "health";

    /** Nothing is wrong. */
    public static final HealthReport HEALTHY = new HealthReport(State.HEALTHY, "", "");

    /** What a host says of its health; whether it can be reached is judged by others. */
    public enum State {
        /** No check complains. */
        @JsonProperty("healthy")
        HEALTHY,
        /** At least one complains. */
        @JsonProperty("unhealthy")
        UNHEALTHY
    }
}

package org.bowline.api.content;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How one host stands with one content bundle.
 *
 * @param state how far it is
 * @param bytesLeft not yet held here
 * @param source name of the host it comes from now; empty if none
 * @param bytesPerSecond at which it comes now; 0 if it does not
 * @param reason why it is not there; empty if it is
 * @param fix what to do about it; empty if nothing is needed
 */
public record Holding(
        State state,
        int percent,
        long bytesLeft,
        String source,
        long bytesPerSecond,
        String reason,
        String fix) {
    /** All of it is here and verified. */
    public static final Holding SYNCED = new Holding(State.SYNCED, 100, 0, "", 0, "", "");

    /** How far a content bundle is on a host. */
    public enum State {
        /** All here and verified. */
        @JsonProperty("synced")
        SYNCED,
        /** On its way. */
        @JsonProperty("syncing")
        SYNCING,
        /** Not here, for a reason. */
        @JsonProperty("not-synced")
        NOT_SYNCED
    }
}

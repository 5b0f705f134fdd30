package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What an act would do, before Confirm.
 *
 * @param act which one
 * @param changes what will change on which host, the acting host's first
 * @param stays what stays as it is, a line each
 * @param refused why it cannot be done now; empty if it can
 */
public record Plan(Act act, List<Change> changes, List<String> stays, Optional<Reason> refused) {
    public Plan {
        changes = List.copyOf(changes);
        stays = List.copyOf(stays);
    }

    /** An act that can be planned. */
    public enum Act {
        /** A follower leaves; without a host: this one. */
        @JsonProperty("unlink")
        UNLINK,
        /** A host that will not return is taken out. */
        @JsonProperty("forget")
        FORGET,
        /** This host takes the group over. */
        @JsonProperty("take-over")
        TAKE_OVER,
        /** This challenged leader follows who took over. */
        @JsonProperty("yield")
        YIELD,
        /** This host stops to generate tokens. */
        @JsonProperty("stop-leading")
        STOP_LEADING
    }

    /**
     * What changes on one host.
     *
     * @param host what people call it
     * @param what a sentence for people
     */
    public record Change(String host, String what) {}
}

package org.bowline.api.group;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * What this host alone held of a group when it followed the takeover of it: set aside in {@code
 * group/aside/}, listed, never merged.
 *
 * @param id names it
 * @param group the group that it was of
 * @param generation of that group
 * @param successor the group that this host followed instead
 * @param time when it was set aside, by this host's clock
 * @param items what was accepted here and is not in the successor
 */
public record Aside(
        String id,
        String group,
        long generation,
        String successor,
        Instant time,
        List<Item> items) {
    public Aside {
        items = List.copyOf(items);
    }

    /** What kind of change was set aside. */
    public enum What {
        /** A value was written. */
        @JsonProperty("put")
        PUT,
        /** A host was admitted or changed its description. */
        @JsonProperty("admitted")
        ADMITTED,
        /** A host was taken out. */
        @JsonProperty("expelled")
        EXPELLED
    }

    /**
     * One thing that was accepted here alone.
     *
     * @param slice the room's slice; {@link Precondition#MEMBERS} for a host
     * @param key within the slice; the host's id for a host
     * @param value as its room wrote it, JSON; null for a host that was taken out
     * @param revision of the commit that wrote it
     * @param actor who asked for it; null where the log does not say
     * @param host on which host; null likewise
     * @param time by that host's clock; null likewise
     */
    public record Item(
            What what,
            String slice,
            String key,
            byte @Nullable [] value,
            long revision,
            @Nullable Actor actor,
            @Nullable HostId host,
            @Nullable Instant time) {}
}

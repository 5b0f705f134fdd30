package org.bowline.api.group;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.bowline.api.identity.HostId;

/**
 * That a host has taken over a group whose leader was lost: signed by that host, shown to every
 * member, and believed only from a key in the member's own last list.
 *
 * @param group the group it founded by that, with all that it held of the old one
 * @param generation one more than that of the group before
 * @param by who took over and leads since
 * @param ancestors the groups before, the oldest first; the last one was taken over
 * @param signature SHA256withECDSA (DER) by the key of {@code by} over {@link #message}
 */
public record Takeover(
        String group, long generation, HostId by, List<Ancestor> ancestors, byte[] signature) {
    /**
     * A group that was taken over.
     *
     * @param revision the last one of it that lives on
     */
    public record Ancestor(String group, long generation, long revision) {}

    /** The higher one wins where two meet: by generation, then by what it kept, then by its id. */
    public static final Comparator<Takeover> RANK =
            Comparator.comparingLong(Takeover::generation)
                    .thenComparingLong(takeover -> takeover.parent().revision())
                    .thenComparing(Takeover::group);

    public Takeover {
        ancestors = List.copyOf(ancestors);
        if (ancestors.isEmpty()) {
            throw new IllegalArgumentException("takeover of no group");
        }
    }

    /** The group that was taken over. */
    @JsonIgnore
    public Ancestor parent() {
        return ancestors.get(ancestors.size() - 1);
    }

    /** What is signed, for ever: a line each, all of them ended by a line feed. */
    @JsonIgnore
    public byte[] message() {
        StringBuilder text = new StringBuilder("bowline-takeover/1\n");
        text.append(group).append('\n').append(generation).append('\n').append(by).append('\n');
        for (Ancestor ancestor : ancestors) {
            text.append(ancestor.group()).append(' ').append(ancestor.generation());
            text.append(' ').append(ancestor.revision()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

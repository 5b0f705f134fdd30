package org.bowline.api.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a host stands with a group, as any host answers to anyone who proves a key.
 *
 * @param state member, out, retired or other
 * @param groupId the group that answers
 * @param generation of that group
 * @param revision the link number of a member; the revision since which it is out
 * @param successor the takeover that the answering host follows, if the group that was asked for
 *     was taken over; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standing(
        State state, String groupId, long generation, long revision, @Nullable Takeover successor) {
    /** Member or not. */
    public enum State {
        /** Is a member now. */
        MEMBER,
        /** Is not a member of this group (any more). */
        OUT,
        /** The group that was asked for was taken over, and the answering host follows that. */
        RETIRED,
        /** The group that was asked for is not this one, and never was here. */
        OTHER_GROUP
    }
}

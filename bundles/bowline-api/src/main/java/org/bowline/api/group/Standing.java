package org.bowline.api.group;

/**
 * Where a host stands with this group, as a leader answers to anyone who proves a key.
 *
 * @param state member, or out
 * @param groupId the group that answers
 * @param generation of that group
 * @param revision the link number of a member; the revision since which it is out
 */
public record Standing(State state, String groupId, long generation, long revision) {
    /** Member or not. */
    public enum State {
        /** Is a member now. */
        MEMBER,
        /** Is not a member of this group (any more). */
        OUT,
        /** The group that was asked for is not this one: it was retired, or never was here. */
        OTHER_GROUP
    }
}

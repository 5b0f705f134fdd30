package org.bowline.api.group;

/**
 * What must hold at the moment an entry is applied, or the whole entry has no effect.
 *
 * @param slice may be another room's; {@link #MEMBERS} with a host id as key asks for the member's
 *     link number
 * @param key within the slice
 * @param revision the revision that the entry at that key must have; {@link #ABSENT} if there must
 *     be none
 */
public record Precondition(String slice, String key, long revision) {
    /** There must be no entry. */
    public static final long ABSENT = 0;

    /** The group's own slice of members; only preconditions may name it. */
    public static final String MEMBERS = "members";

    public Precondition {
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + ", expected 0 or more");
        }
    }
}

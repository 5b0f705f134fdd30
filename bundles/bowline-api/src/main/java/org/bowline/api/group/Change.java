package org.bowline.api.group;

import org.bowline.api.identity.HostId;

/**
 * One part of a {@link Commit}. Make slice changes through {@link Slice}, which knows the encoding.
 */
public sealed interface Change {
    /** Puts a value; the array must not be changed afterwards. */
    record Put(String slice, String key, byte[] value) implements Change {}

    /** Takes a value away; absent already is no error. */
    record Remove(String slice, String key) implements Change {}

    /**
     * Admits a host as a member; the link number of {@code member} is ignored, the entry's revision
     * takes its place. A member of that id already there is replaced (a new link).
     */
    record Admit(Member member) implements Change {}

    /**
     * Replaces what a member says of itself, its link number stays; no effect if it is not a
     * member.
     */
    record Describe(Member member) implements Change {}

    /**
     * Takes a host out of the group; no effect if it is not a member or has another link number
     * than this (0: any).
     */
    record Expel(HostId host, long link) implements Change {}
}

package org.bowline.api.content;

import java.util.Map;

/**
 * What a host says of its content in presence, under the key {@link #KEY}, as JSON. Small on
 * purpose: only what is not Synced is named.
 *
 * @param revision the group's revision up to which it looked
 * @param state of all of it together
 * @param percent of the bytes, 0 to 100
 * @param reason why it is not Synced; empty if it is
 * @param fix what to do about it
 * @param missing the first few bundles that are not Synced, by digest
 */
public record ContentReport(
        long revision,
        Holding.State state,
        int percent,
        String reason,
        String fix,
        Map<String, Holding> missing) {
    /** The key in presence. */
    public static final String KEY = "content";
}

package org.bowline.content.store;

import org.bowline.api.content.CatalogItem;

/**
 * Keeps a content on this disk, and remembers what it is called.
 *
 * @param item as the catalog has it, or had it last
 * @param group id of the group in whose catalog it was seen last; empty if in none yet
 * @param seen revision of the catalog's entry then. A group that knows this revision and has no
 *     such entry any more has retired the content
 */
public record Ref(CatalogItem item, String group, long seen) {
    /** Not seen in any group's catalog. */
    public static Ref unlisted(CatalogItem item) {
        return new Ref(item, "", 0);
    }
}

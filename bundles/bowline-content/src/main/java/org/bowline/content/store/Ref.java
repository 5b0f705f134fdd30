package org.bowline.content.store;

import java.util.Objects;
import org.bowline.api.content.CatalogItem;

/**
 * Keeps a content on this disk, and remembers what it is called.
 *
 * @param item as the catalog has it, or had it last
 * @param group id of the group in whose catalog it was seen last; empty if in none yet
 * @param seen revision of the catalog's entry then. A group that knows this revision and has no
 *     such entry any more has retired the content
 * @param aside id of what was set aside with this content in it; empty if it was not: such content
 *     stays until that is dropped
 */
public record Ref(CatalogItem item, String group, long seen, String aside) {
    public Ref {
        aside = Objects.requireNonNullElse(aside, ""); // written by an older release
    }

    /** Seen in a group's catalog. */
    public static Ref listed(CatalogItem item, String group, long seen) {
        return new Ref(item, group, seen, "");
    }

    /** Not seen in any group's catalog. */
    public static Ref unlisted(CatalogItem item) {
        return new Ref(item, "", 0, "");
    }

    /** The same, set aside. */
    public Ref setAside(String id) {
        return new Ref(item, group, seen, id);
    }
}

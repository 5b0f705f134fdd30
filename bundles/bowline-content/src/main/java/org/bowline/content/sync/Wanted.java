package org.bowline.content.sync;

import java.util.Map;
import java.util.Optional;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Takeover;
import org.bowline.content.Listing;

/**
 * What the group wants, as of one moment.
 *
 * @param view the group to which the entries belong
 * @param entries its catalog
 */
record Wanted(GroupView view, Map<Digest, Entry<CatalogItem>> entries) {
    /**
     * Reads both. They are two reads, and between them this host may leave one group for another:
     * taking the empty catalog of the new one for the old one's would throw all content away.
     */
    static Wanted read(Group group, Listing listing) {
        while (true) {
            GroupView before = group.view();
            Map<Digest, Entry<CatalogItem>> entries = listing.all();
            GroupView after = group.view();
            if (before.id().equals(after.id()) && before.revision() == after.revision()) {
                return new Wanted(after, entries);
            }
        }
    }

    /**
     * Whether the group's state is here: at start that may take a moment, and after a takeover
     * until this host has been fed what was kept. Until then an item that is not listed means
     * nothing.
     */
    boolean known() {
        long kept = view.origin().map(takeover -> takeover.parent().revision()).orElse(0L);
        return view.revision() > 0 && view.revision() >= kept;
    }

    /** That group, if this one came from it by takeover: revisions count on from there. */
    Optional<Takeover.Ancestor> ancestor(String group) {
        return view.origin().stream()
                .flatMap(takeover -> takeover.ancestors().stream())
                .filter(ancestor -> ancestor.group().equals(group))
                .findFirst();
    }

    /** The newest revision that any entry has. */
    long newest() {
        return entries.values().stream().mapToLong(Entry::revision).max().orElse(0);
    }
}

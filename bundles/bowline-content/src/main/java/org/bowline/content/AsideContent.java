package org.bowline.content;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Aside;

/**
 * The content that this host alone had listed when it followed a takeover, and that nobody has
 * dropped yet.
 *
 * @param ids of all that was set aside, with content in it or not
 * @param whole false if some of it cannot be read now: then an item that is not here may be there
 * @param items of what can be read
 */
public record AsideContent(Set<String> ids, boolean whole, Map<Digest, SetAside> items) {
    public AsideContent {
        ids = Set.copyOf(ids);
        items = Map.copyOf(items);
    }

    /** Of what the group set aside, the newest first. */
    static AsideContent of(List<Aside> asides) {
        Set<String> ids = new HashSet<>();
        boolean whole = true;
        Map<Digest, SetAside> items = new HashMap<>();
        for (Aside aside : asides) {
            ids.add(aside.id());
            whole &= !aside.items().isEmpty(); // nothing is set aside without items
            for (Aside.Item item : aside.items()) {
                if (item.slice().equals(Listing.SLICE) && item.what() == Aside.What.PUT) {
                    SetAside.read(aside, item)
                            .ifPresent(read -> items.putIfAbsent(read.item().digest(), read));
                }
            }
        }
        return new AsideContent(ids, whole, items);
    }

    /** The item of that digest, where it can be read. */
    Optional<CatalogItem> item(Digest digest) {
        return Optional.ofNullable(items.get(digest)).map(SetAside::item);
    }
}

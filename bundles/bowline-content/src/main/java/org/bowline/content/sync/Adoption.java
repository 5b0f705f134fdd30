package org.bowline.content.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Entry;
import org.bowline.api.group.FeedState;
import org.bowline.content.Listing;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Items;
import org.bowline.content.store.Ref;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what this disk holds and what the group lists together:
 *
 * <ul>
 *   <li>held and listed: the reference remembers the group, and the name that it gives;
 *   <li>held, and listed before in this very group: it was retired, the bytes come free;
 *   <li>held, and never listed in this group (this host left another, or the agent died between
 *       storing and listing): a voter lists it, a follower keeps it.
 * </ul>
 */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final DiskContentStore store;
    private final Listing listing;

    Adoption(DiskContentStore store, Listing listing) {
        this.store = store;
        this.listing = listing;
    }

    void run(Wanted wanted) throws IOException {
        if (!wanted.known()) {
            return;
        }
        List<CatalogItem> unlisted = new ArrayList<>();
        for (Map.Entry<Digest, Ref> held : store.refs().all().entrySet()) {
            Entry<CatalogItem> listed = wanted.entries().get(held.getKey());
            Ref ref = held.getValue();
            if (listed != null) {
                remember(ref, listed, wanted.view().id());
            } else if (!ref.group().equals(wanted.view().id())) {
                unlisted.add(ref.item());
            } else if (wanted.view().revision() >= ref.seen()) {
                LOG.info("{} was retired: {}", ref.item().name(), held.getKey());
                store.refs().remove(held.getKey());
                store.sweepSoon();
            }
        }
        forgetFetches(wanted);
        if (wanted.view().voter()) {
            relist(unlisted);
            listing.settleRevisions();
        }
    }

    private void remember(Ref ref, Entry<CatalogItem> listed, String group) throws IOException {
        CatalogItem item = Items.withManifest(listed.value(), ref.item().manifest());
        Ref now = new Ref(item, group, listed.revision());
        if (!now.equals(ref)) {
            store.refs().put(item.digest(), now);
        }
    }

    private void forgetFetches(Wanted wanted) throws IOException {
        boolean current = wanted.view().voter() || wanted.view().feed() == FeedState.CONNECTED;
        for (Digest digest : store.fetches().all().keySet()) {
            if (current && !wanted.entries().containsKey(digest)) {
                store.fetches().remove(digest);
                store.sweepSoon();
            }
        }
    }

    private void relist(List<CatalogItem> unlisted) throws IOException {
        if (unlisted.isEmpty()) {
            return;
        }
        unlisted.sort(Comparator.comparing(CatalogItem::name).thenComparing(CatalogItem::revision));
        listing.addAll(unlisted, Actor.SYSTEM);
        LOG.info("Listed {} content bundles that this host holds", unlisted.size());
    }
}

package org.bowline.content.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Entry;
import org.bowline.api.group.FeedState;
import org.bowline.content.AsideContent;
import org.bowline.content.Listing;
import org.bowline.content.SetAside;
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
 *   <li>held, and listed before in this very group, or in one that it took over and up to where it
 *       did: it was retired, the bytes come free;
 *   <li>held, and listed in a group that was taken over, but later than what was kept: it stays,
 *       and is not listed. Where it was set aside, it comes free once that is dropped for certain:
 *       while the disk does not tell, it stays;
 *   <li>held, and never listed in this group (this host left another, or the agent died between
 *       storing and listing): a voter lists it, a follower keeps it.
 * </ul>
 *
 * One thread.
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
        AsideContent aside = setAside(wanted);
        List<CatalogItem> unlisted = new ArrayList<>();
        for (Map.Entry<Digest, Ref> held : store.refs().all().entrySet()) {
            Entry<CatalogItem> listed = wanted.entries().get(held.getKey());
            Ref ref = held.getValue();
            if (listed != null) {
                remember(ref, listed, wanted.view().id());
            } else if (!ref.aside().isEmpty() && aside.ids().contains(ref.aside())) {
                continue; // it stays, and is not listed
            } else if (aside.items().containsKey(held.getKey())) {
                remember(ref, aside.items().get(held.getKey()));
            } else if (!ref.aside().isEmpty() || isRetired(ref, wanted)) {
                LOG.info("{} is wanted no more: {}", ref.item().name(), held.getKey());
                store.refs().remove(held.getKey());
                store.sweepSoon();
            } else if (isForeign(ref, wanted)) {
                unlisted.add(ref.item());
            }
        }
        forgetFetches(wanted, aside);
        if (wanted.view().voter() && wanted.view().challenge().isEmpty()) {
            relist(unlisted);
            listing.settleRevisions();
        }
    }

    /** Of what is not listed; it is read from disk, so not asked for without need. */
    private AsideContent setAside(Wanted wanted) {
        Set<Digest> unlisted = new HashSet<>(store.refs().all().keySet());
        unlisted.addAll(store.fetches().all().keySet());
        unlisted.removeAll(wanted.entries().keySet());
        return unlisted.isEmpty() ? new AsideContent(Set.of(), true, Map.of()) : listing.setAside();
    }

    /** Whether it was listed here, or where this group came from, and is no more. */
    private static boolean isRetired(Ref ref, Wanted wanted) {
        boolean here = ref.group().equals(wanted.view().id());
        boolean kept =
                here
                        || wanted.ancestor(ref.group())
                                .filter(ancestor -> ref.seen() <= ancestor.revision())
                                .isPresent();
        return kept && wanted.view().revision() >= ref.seen();
    }

    /** Whether this group and those that it came from never listed it. */
    private static boolean isForeign(Ref ref, Wanted wanted) {
        return !ref.group().equals(wanted.view().id()) && wanted.ancestor(ref.group()).isEmpty();
    }

    private void remember(Ref ref, SetAside aside) throws IOException {
        store.refs().put(ref.item().digest(), ref.setAside(aside.id()));
    }

    private void remember(Ref ref, Entry<CatalogItem> listed, String group) throws IOException {
        CatalogItem item = Items.withManifest(listed.value(), ref.item().manifest());
        Ref now = Ref.listed(item, group, listed.revision());
        if (!now.equals(ref)) {
            store.refs().put(item.digest(), now);
        }
    }

    private void forgetFetches(Wanted wanted, AsideContent aside) throws IOException {
        boolean fed = wanted.view().voter() || wanted.view().feed() == FeedState.CONNECTED;
        boolean current = fed && aside.whole();
        for (Digest digest : store.fetches().all().keySet()) {
            boolean unwanted =
                    !wanted.entries().containsKey(digest) && !aside.items().containsKey(digest);
            if (current && unwanted) {
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

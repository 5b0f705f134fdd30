package org.bowline.content.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Entry;
import org.bowline.api.group.FeedState;
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
 *       and is not listed. Where it was set aside, it comes free once that is dropped;
 *   <li>held, and never listed in this group (this host left another, or the agent died between
 *       storing and listing): a voter lists it, a follower keeps it.
 * </ul>
 *
 * One thread.
 */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private static final Duration GRACE = Duration.ofSeconds(5); // less than between two looks

    private final DiskContentStore store;
    private final Listing listing;
    private final Map<Digest, Long> droppedSince = new HashMap<>(); // nano time

    Adoption(DiskContentStore store, Listing listing) {
        this.store = store;
        this.listing = listing;
    }

    void run(Wanted wanted) throws IOException {
        if (!wanted.known()) {
            return;
        }
        Map<Digest, SetAside> aside = setAside(wanted);
        List<CatalogItem> unlisted = new ArrayList<>();
        for (Map.Entry<Digest, Ref> held : store.refs().all().entrySet()) {
            Entry<CatalogItem> listed = wanted.entries().get(held.getKey());
            Ref ref = held.getValue();
            if (listed != null) {
                remember(ref, listed, wanted.view().id());
            } else if (aside.containsKey(held.getKey())) {
                remember(ref, aside.get(held.getKey()));
            } else if (ref.aside().isEmpty() ? isRetired(ref, wanted) : isDropped(held.getKey())) {
                LOG.info("{} is wanted no more: {}", ref.item().name(), held.getKey());
                store.refs().remove(held.getKey());
                store.sweepSoon();
            } else if (isForeign(ref, wanted)) {
                unlisted.add(ref.item());
            }
        }
        forgetFetches(wanted, aside.keySet());
        if (wanted.view().voter() && wanted.view().challenge().isEmpty()) {
            relist(unlisted);
            listing.settleRevisions();
        }
    }

    /** Of what is not listed; it is read from disk, so not asked for without need. */
    private Map<Digest, SetAside> setAside(Wanted wanted) {
        Set<Digest> unlisted = new HashSet<>(store.refs().all().keySet());
        unlisted.addAll(store.fetches().all().keySet());
        unlisted.removeAll(wanted.entries().keySet());
        Map<Digest, SetAside> aside = unlisted.isEmpty() ? Map.of() : listing.setAside();
        droppedSince.keySet().retainAll(unlisted);
        droppedSince.keySet().removeAll(aside.keySet());
        return aside;
    }

    /**
     * Whether what was set aside has been gone for a while: what could not be read at one moment
     * may be there at the next.
     */
    private boolean isDropped(Digest digest) {
        long now = System.nanoTime();
        return now - droppedSince.computeIfAbsent(digest, first -> now) > GRACE.toNanos();
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
        if (!ref.aside().equals(aside.id())) {
            store.refs().put(ref.item().digest(), ref.setAside(aside.id()));
        }
    }

    private void remember(Ref ref, Entry<CatalogItem> listed, String group) throws IOException {
        CatalogItem item = Items.withManifest(listed.value(), ref.item().manifest());
        Ref now = Ref.listed(item, group, listed.revision());
        if (!now.equals(ref)) {
            store.refs().put(item.digest(), now);
        }
    }

    private void forgetFetches(Wanted wanted, Set<Digest> aside) throws IOException {
        boolean current = wanted.view().voter() || wanted.view().feed() == FeedState.CONNECTED;
        for (Digest digest : store.fetches().all().keySet()) {
            boolean unwanted = !wanted.entries().containsKey(digest) && !aside.contains(digest);
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

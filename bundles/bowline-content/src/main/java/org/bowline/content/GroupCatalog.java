package org.bowline.content;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Subscription;
import org.bowline.api.audit.Audit;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Entry;
import org.bowline.api.identity.HostId;
import org.bowline.content.store.Items;
import org.bowline.content.sync.ContentSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The group's slice of content, and what the hosts say in presence. */
@Component
public final class GroupCatalog implements Catalog {
    private final Listing listing;
    private final ContentSync sync;
    private final Acts acts;

    @Activate
    public GroupCatalog(
            @Reference Listing listing, @Reference ContentSync sync, @Reference Audit audit) {
        this.listing = listing;
        this.sync = sync;
        this.acts = new Acts(audit);
    }

    @Override
    public List<CatalogItem> items() {
        return listing.all().values().stream()
                .map(Entry::value)
                .sorted(
                        Comparator.comparing(CatalogItem::name)
                                .thenComparing(CatalogItem::revision))
                .toList();
    }

    @Override
    public Optional<CatalogItem> item(Digest digest) {
        return listing.get(digest).map(Entry::value).or(() -> listing.setAside().item(digest));
    }

    @Override
    public Map<HostId, Map<Digest, Holding>> holdings() {
        return sync.holdings();
    }

    @Override
    public void retire(Digest digest, Actor actor) throws IOException {
        String name = listing.get(digest).map(entry -> entry.value().name()).orElse("");
        CatalogItem item =
                acts.asked(
                        actor,
                        Acts.RETIRE,
                        digest.value(),
                        name,
                        () -> listing.remove(digest, actor));
        acts.done(actor, Acts.RETIRE, digest.value(), Items.text(item));
    }

    @Override
    public void retryNow() {
        sync.retryNow();
    }

    @Override
    public Subscription watch(Runnable changed) {
        return sync.watch(changed);
    }
}

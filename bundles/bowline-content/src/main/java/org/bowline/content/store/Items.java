package org.bowline.content.store;

import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.identity.HostId;

/** Copies of catalog items that differ in one thing. */
public final class Items {
    private Items() {}

    public static CatalogItem withRevision(CatalogItem item, int revision) {
        return copy(item, revision, item.manifest(), item.addedOn());
    }

    public static CatalogItem withManifest(CatalogItem item, Digest manifest) {
        return copy(item, item.revision(), manifest, item.addedOn());
    }

    public static CatalogItem broughtBy(CatalogItem item, HostId host) {
        return copy(item, item.revision(), item.manifest(), host);
    }

    /** What people are told of it, such as {@code os.tar, revision 2, 1.2 GiB}. */
    public static String text(CatalogItem item) {
        return item.name() + ", revision " + item.revision() + ", " + Sizes.text(item.size());
    }

    private static CatalogItem copy(CatalogItem item, int revision, Digest manifest, HostId on) {
        return new CatalogItem(
                item.digest(),
                item.name(),
                revision,
                item.size(),
                item.kind(),
                manifest,
                item.addedBy(),
                on,
                item.addedAt());
    }
}

package org.bowline.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkParticipant;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Items;
import org.bowline.content.store.Json;
import org.bowline.content.store.Ref;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The content that a joining host holds becomes the group's. The offer is the JSON of its catalog
 * items, gzipped; the bytes are fetched later, from whoever holds them.
 */
@Component
public final class ContentLink implements LinkParticipant {
    private static final int LONGEST_OFFER = 256 << 10; // bytes, as LinkParticipant says
    private static final int LONGEST_JSON = 8 << 20; // bytes; a gzipped offer could hold far more

    private final DiskContentStore store;
    private final Listing listing;

    @Activate
    public ContentLink(@Reference DiskContentStore store, @Reference Listing listing) {
        this.store = store;
        this.listing = listing;
    }

    @Override
    public String room() {
        return "content";
    }

    @Override
    public byte[] offer() throws IOException {
        ByteArrayOutputStream offer = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(offer)) {
            gzip.write(Json.MAPPER.writeValueAsBytes(held()));
        }
        if (offer.size() > LONGEST_OFFER) {
            throw new IOException("more content bundles than a link can carry: " + held().size());
        }
        return offer.toByteArray();
    }

    @Override
    public List<String> brings() {
        return held().stream().map(Items::text).toList();
    }

    /** All but what was set aside: that is for people to see, and never merged. */
    private List<CatalogItem> held() {
        Set<Digest> aside = listing.setAside().items().keySet();
        return store.refs().all().values().stream()
                .filter(ref -> ref.aside().isEmpty()) // also if it cannot be read now
                .map(Ref::item)
                .filter(item -> !aside.contains(item.digest()))
                .sorted(
                        Comparator.comparing(CatalogItem::name)
                                .thenComparing(CatalogItem::revision))
                .toList();
    }

    @Override
    public void accept(HostId host, byte[] offer, Actor actor) throws IOException {
        if (offer.length == 0) {
            return;
        }
        List<CatalogItem> items = read(offer);
        for (CatalogItem item : items) {
            if (!isPossible(item)) {
                throw new IOException(host + " offers content that cannot be: " + item);
            }
        }
        listing.addAll(items.stream().map(item -> Items.broughtBy(item, host)).toList(), actor);
    }

    private static boolean isPossible(CatalogItem item) {
        return Stream.of(
                                item.digest(),
                                item.kind(),
                                item.manifest(),
                                item.addedBy(),
                                item.addedOn(),
                                item.addedAt())
                        .allMatch(Objects::nonNull)
                && item.name() != null
                && ContentName.isValid(item.name())
                && item.size() >= 0
                && item.revision() >= 1;
    }

    private static List<CatalogItem> read(byte[] offer) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(offer))) {
            byte[] json = gzip.readNBytes(LONGEST_JSON);
            CatalogItem[] items = Json.MAPPER.readValue(json, CatalogItem[].class);
            if (items == null || Stream.of(items).anyMatch(Objects::isNull)) {
                throw new IOException("an offer without items");
            }
            return List.of(items);
        } catch (JsonProcessingException e) {
            throw new IOException("an offer that cannot be read", e);
        }
    }
}

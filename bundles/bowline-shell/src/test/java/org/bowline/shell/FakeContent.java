package org.bowline.shell;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.content.Kind;
import org.bowline.api.content.Uploads;
import org.bowline.api.identity.HostId;

/** A catalog that a test sets up, and uploads into it. */
public final class FakeContent implements Catalog, Uploads {
    /** What a holding looks like while it comes. */
    public static final Holding HALF =
            new Holding(Holding.State.SYNCING, 50, 2048, "alpha", 1024, "", "");

    public final List<String> acts = new ArrayList<>();
    public volatile List<CatalogItem> items = List.of();
    public volatile Map<HostId, Map<Digest, Holding>> holdings = Map.of();
    public volatile boolean full;
    private Optional<Upload> open = Optional.empty();
    private long count;

    /** A digest of one letter. */
    public static Digest digest(String letter) {
        return new Digest(Digest.PREFIX + letter.repeat(64));
    }

    /** An item of that name. */
    public static CatalogItem item(String name, int revision, Digest digest) {
        return new CatalogItem(
                digest,
                name,
                revision,
                4096,
                Kind.FILE,
                digest,
                new Actor("ada", "rest"),
                FakePairing.SELF,
                Instant.parse("2026-11-24T10:00:00Z"));
    }

    @Override
    public List<CatalogItem> items() {
        return items;
    }

    @Override
    public Optional<CatalogItem> item(Digest digest) {
        return items.stream().filter(item -> item.digest().equals(digest)).findFirst();
    }

    @Override
    public Map<HostId, Map<Digest, Holding>> holdings() {
        return holdings;
    }

    @Override
    public void retire(Digest digest, Actor actor) {
        acts.add("retire " + digest.hex().charAt(0) + " by " + actor.name());
    }

    @Override
    public void retryNow() {
        acts.add("retry");
    }

    @Override
    public Subscription watch(Runnable changed) {
        return () -> {};
    }

    @Override
    public Upload create(String name, OptionalLong length, Actor actor) {
        Upload upload = new Upload("u-1", name, 0, length);
        open = Optional.of(upload);
        return upload;
    }

    @Override
    public Upload append(String id, long offset, InputStream bytes) throws IOException {
        if (full) {
            throw new RefusedException(Refusal.STORE_FULL, "It needs 4 KiB more.");
        }
        count = bytes.readAllBytes().length;
        return open.orElseThrow();
    }

    @Override
    public CatalogItem finish(String id, Optional<Digest> expected) throws IOException {
        Digest digest = digest("c");
        if (expected.isPresent() && !expected.get().equals(digest)) {
            throw new RefusedException(Refusal.CHECKSUM_MISMATCH, "It is " + digest + ".");
        }
        acts.add("added " + count + " bytes as " + open.orElseThrow().name());
        open = Optional.empty();
        return item("added", 1, digest);
    }

    @Override
    public void cancel(String id) {
        acts.add("cancelled");
        open = Optional.empty();
    }

    @Override
    public List<Upload> all() {
        return open.stream().toList();
    }

    @Override
    public Optional<Upload> find(String id) {
        return open;
    }
}

package org.bowline.rest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentStore;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.content.Kind;
import org.bowline.api.content.Uploads;
import org.bowline.api.identity.HostId;

/** A room of content in memory. */
public final class FakeContent implements Catalog, ContentStore, Uploads {
    private record Running(String name, OptionalLong length, ByteArrayOutputStream bytes) {}

    final Map<Digest, byte[]> stored = new ConcurrentHashMap<>();
    final Map<Digest, CatalogItem> listed = new LinkedHashMap<>();
    final Map<Digest, CatalogItem> aside = new ConcurrentHashMap<>();
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    final Map<String, Running> running = new ConcurrentHashMap<>();

    volatile int retries;
    volatile int breaks; // as often a watch fails

    CatalogItem list(String name, byte[] bytes) {
        Digest digest = digest(bytes);
        CatalogItem item =
                new CatalogItem(
                        digest,
                        name,
                        1,
                        bytes.length,
                        Kind.FILE,
                        digest,
                        new Actor("ann", "rest"),
                        FakePairing.SELF,
                        Instant.EPOCH);
        stored.put(digest, bytes);
        listed.put(digest, item);
        watchers.forEach(Runnable::run);
        return item;
    }

    static Digest digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Digest(Digest.PREFIX + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<CatalogItem> items() {
        return List.copyOf(listed.values());
    }

    @Override
    public Optional<CatalogItem> item(Digest digest) {
        return Optional.ofNullable(listed.get(digest))
                .or(() -> Optional.ofNullable(aside.get(digest)));
    }

    @Override
    public Map<HostId, Map<Digest, Holding>> holdings() {
        Map<Digest, Holding> held = new LinkedHashMap<>();
        listed.keySet().forEach(digest -> held.put(digest, Holding.SYNCED));
        return Map.of(FakePairing.SELF, held);
    }

    @Override
    public void retire(Digest digest, Actor actor) throws IOException {
        if (listed.remove(digest) == null) {
            throw new RefusedException(Refusal.CONTENT_UNKNOWN, "There is no " + digest);
        }
    }

    @Override
    public void retryNow() {
        retries++;
    }

    @Override
    public Subscription watch(Runnable changed) {
        if (breaks > 0) {
            breaks--;
            throw new IllegalStateException("the room is about to go");
        }
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    @Override
    public Set<Digest> held() {
        return stored.keySet();
    }

    @Override
    public Optional<Long> size(Digest content) {
        return Optional.ofNullable(stored.get(content)).map(bytes -> (long) bytes.length);
    }

    @Override
    public InputStream open(Digest content, long offset) throws IOException {
        InputStream in = new ByteArrayInputStream(stored.get(content));
        in.skipNBytes(offset);
        return in;
    }

    @Override
    public Space space() {
        return new Space(0, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public Upload create(String name, OptionalLong length, Actor actor) {
        String id = "up" + running.size();
        running.put(id, new Running(name, length, new ByteArrayOutputStream()));
        return find(id).orElseThrow();
    }

    @Override
    public Upload append(String id, long offset, InputStream bytes) throws IOException {
        Running upload = running.get(id);
        if (upload == null) {
            throw new RefusedException(Refusal.UPLOAD_UNKNOWN, "No upload " + id);
        }
        if (upload.bytes().size() != offset) {
            throw new RefusedException(Refusal.UPLOAD_OFFSET, "It is at " + upload.bytes().size());
        }
        bytes.transferTo(upload.bytes());
        return find(id).orElseThrow();
    }

    @Override
    public CatalogItem finish(String id, Optional<Digest> expected) throws IOException {
        Running upload = running.get(id);
        byte[] bytes = upload.bytes().toByteArray();
        if (upload.length().isPresent() && upload.length().getAsLong() != bytes.length) {
            throw new RefusedException(Refusal.UPLOAD_TRUNCATED, "It has " + bytes.length);
        }
        running.remove(id);
        if (expected.isPresent() && !expected.get().equals(digest(bytes))) {
            throw new RefusedException(Refusal.CHECKSUM_MISMATCH, "It is " + digest(bytes));
        }
        return list(upload.name(), bytes);
    }

    @Override
    public void cancel(String id) {
        running.remove(id);
    }

    @Override
    public List<Upload> all() {
        return running.keySet().stream().map(id -> find(id).orElseThrow()).toList();
    }

    @Override
    public Optional<Upload> find(String id) {
        return Optional.ofNullable(running.get(id))
                .map(now -> new Upload(id, now.name(), now.bytes().size(), now.length()));
    }
}

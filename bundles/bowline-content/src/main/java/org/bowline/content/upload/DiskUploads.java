package org.bowline.content.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Kind;
import org.bowline.api.content.Uploads;
import org.bowline.api.group.Entry;
import org.bowline.api.identity.Identity;
import org.bowline.content.ContentName;
import org.bowline.content.Listing;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Manifests;
import org.bowline.content.store.Ref;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads into the store: each has a directory of its own until it is whole and listed. A thread
 * {@code bowline-content-upload} stores chunks while the caller of {@link #append} reads.
 */
@Component(immediate = true)
public final class DiskUploads implements Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(DiskUploads.class);
    private static final int ID_LENGTH = 16; // bytes

    private final DiskContentStore store;
    private final Listing listing;
    private final Identity identity;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, OpenUpload> open = new ConcurrentHashMap<>();

    /** Finds the uploads that a restart broke off. */
    @Activate
    public DiskUploads(
            @Reference DiskContentStore store,
            @Reference Listing listing,
            @Reference Identity identity)
            throws IOException {
        this.store = store;
        this.listing = listing;
        this.identity = identity;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(store.layout().uploads())) {
            for (Path directory : found) {
                reopen(directory);
            }
        }
    }

    private void reopen(Path directory) throws IOException {
        UploadFiles files = new UploadFiles(store, directory);
        Optional<Description> description = files.description();
        if (description.isEmpty()) {
            files.delete();
            return;
        }
        String id = String.valueOf(directory.getFileName());
        OpenUpload upload = new OpenUpload(id, description.get(), files, store);
        upload.reopen();
        open.put(id, upload);
    }

    @Override
    public Upload create(String name, OptionalLong length, Actor actor) throws IOException {
        listing.requireLeading();
        if (!ContentName.isValid(name)) {
            throw new RefusedException(
                    Refusal.CONTENT_NAME_INVALID, "The name has " + name.length() + " characters");
        }
        long announced = length.orElse(Description.UNKNOWN);
        if (length.isPresent()) {
            if (announced < 0) {
                throw new IllegalArgumentException("length " + announced);
            }
            long promised = open.values().stream().mapToLong(OpenUpload::promised).sum();
            store.require(announced, promised);
        }
        String id = newId();
        UploadFiles files = new UploadFiles(store, store.layout().uploads().resolve(id));
        Description description = new Description(name, announced, actor, Instant.now());
        files.create(description);
        OpenUpload upload = new OpenUpload(id, description, files, store);
        open.put(id, upload);
        return upload.view();
    }

    private String newId() {
        byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    @Override
    public Upload append(String id, long offset, InputStream bytes) throws IOException {
        listing.requireLeading();
        OpenUpload upload = known(id);
        try (OpenUpload.Claim claim = upload.claim()) {
            upload.append(offset, bytes);
        }
        return upload.view();
    }

    private OpenUpload known(String id) throws RefusedException {
        OpenUpload upload = open.get(id);
        if (upload == null) {
            throw OpenUpload.unknown(id);
        }
        return upload;
    }

    @Override
    public CatalogItem finish(String id, Optional<Digest> expected) throws IOException {
        listing.requireLeading();
        OpenUpload upload = known(id);
        try (OpenUpload.Claim claim = upload.claim()) {
            OpenUpload.Whole whole = upload.end();
            if (expected.isPresent() && !expected.get().equals(whole.digest())) {
                drop(id, upload);
                throw new RefusedException(
                        Refusal.CHECKSUM_MISMATCH,
                        "The bytes have " + whole.digest() + ", announced was " + expected.get());
            }
            CatalogItem item = publish(upload, whole);
            drop(id, upload);
            LOG.info("{} is here: {} bytes, {}", item.name(), item.size(), item.digest());
            return item;
        }
    }

    private CatalogItem publish(OpenUpload upload, OpenUpload.Whole whole) throws IOException {
        Optional<CatalogItem> there = listing.get(whole.digest()).map(Entry::value);
        if (there.isPresent() && store.refs().get(whole.digest()).isPresent()) {
            return there.get();
        }
        CatalogItem draft = keep(upload, whole);
        try {
            return listing.add(draft, upload.description().actor());
        } catch (RefusedException e) {
            if (e.refusal() != Refusal.NO_QUORUM) { // else it may still come true
                withdraw(draft);
            }
            throw e;
        }
    }

    /** Writes manifest and reference: from here on a crash loses nothing. */
    private CatalogItem keep(OpenUpload upload, OpenUpload.Whole whole) throws IOException {
        try (Manifests.Draft draft = store.manifests().draft()) {
            upload.manifest(whole, draft);
            Digest manifest = draft.end();
            Description description = upload.description();
            CatalogItem item =
                    new CatalogItem(
                            whole.digest(),
                            description.name(),
                            1,
                            upload.view().offset(),
                            Kind.FILE,
                            manifest,
                            description.actor(),
                            identity.id(),
                            Instant.now());
            draft.keep(manifest, () -> store.refs().put(item.digest(), Ref.unlisted(item)));
            return item;
        }
    }

    /** The group did not take it: it is an upload again, unless it came true after all. */
    private void withdraw(CatalogItem draft) throws IOException {
        if (listing.get(draft.digest()).isEmpty()) {
            store.refs().remove(draft.digest());
        }
    }

    @Override
    public void cancel(String id) throws IOException {
        OpenUpload upload = known(id);
        try (OpenUpload.Claim claim = upload.claim()) {
            drop(id, upload);
        }
    }

    private void drop(String id, OpenUpload upload) throws IOException {
        open.remove(id);
        upload.drop();
        store.sweepSoon();
    }

    @Override
    public List<Upload> all() {
        return open.values().stream().map(OpenUpload::view).toList();
    }

    @Override
    public Optional<Upload> find(String id) {
        return Optional.ofNullable(open.get(id)).map(OpenUpload::view);
    }
}

package org.bowline.content.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Audit;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Kind;
import org.bowline.api.content.Uploads;
import org.bowline.api.group.Entry;
import org.bowline.api.identity.Identity;
import org.bowline.content.Acts;
import org.bowline.content.ContentName;
import org.bowline.content.Listing;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Items;
import org.bowline.content.store.Manifests;
import org.bowline.content.store.Ref;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads into the store: each has a directory of its own until it is whole and listed. A thread
 * {@code bowline-content-upload} stores chunks while the caller of {@link #append} reads; at most 4
 * at once, some 13 MiB of heap each. At most 64 uploads are open.
 *
 * <p>An upload that nobody has touched for 7 days is dropped by the thread {@code
 * bowline-content-stale}. The days are counted while the agent runs, and anew after a restart: the
 * wall clock of a host may jump by years.
 */
@Component(immediate = true)
public final class DiskUploads implements Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(DiskUploads.class);
    private static final int ID_LENGTH = 16; // bytes
    private static final int MOST_OPEN = 64;
    private static final int AT_ONCE = 4;
    private static final Duration WAIT = Duration.ofSeconds(10); // for one of these to end
    private static final Duration KEPT = Duration.ofDays(7);

    private final DiskContentStore store;
    private final Listing listing;
    private final Identity identity;
    private final Acts acts;
    private final LongSupplier nanoTime;
    private final Turns turns = new Turns(AT_ONCE, WAIT);
    private final Object ending = new Object(); // held by the one that cuts its last chunks
    private final SecureRandom random = new SecureRandom();
    private final Map<String, OpenUpload> open = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService stale;

    /** Finds the uploads that a restart broke off. */
    @Activate
    public DiskUploads(
            @Reference DiskContentStore store,
            @Reference Listing listing,
            @Reference Identity identity,
            @Reference Audit audit)
            throws IOException {
        this(store, listing, identity, audit, System::nanoTime);
    }

    DiskUploads(
            DiskContentStore store,
            Listing listing,
            Identity identity,
            Audit audit,
            LongSupplier nanoTime)
            throws IOException {
        this.store = store;
        this.listing = listing;
        this.identity = identity;
        this.acts = new Acts(audit);
        this.nanoTime = nanoTime;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(store.layout().uploads())) {
            for (Path directory : found) {
                reopen(directory);
            }
        }
    }

    @Activate
    void start() {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread worker = new Thread(work, "bowline-content-stale");
                            worker.setDaemon(true);
                            return worker;
                        });
        thread.scheduleWithFixedDelay(this::dropStale, 1, 1, TimeUnit.HOURS);
        stale = thread;
    }

    @Deactivate
    void stop() {
        ScheduledExecutorService thread = stale;
        if (thread != null) {
            thread.shutdown();
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
        upload.touch(nanoTime.getAsLong());
        open.put(id, upload);
    }

    @Override
    public Upload create(String name, OptionalLong length, Actor actor) throws IOException {
        String shown = ContentName.isValid(name) ? name : "";
        return acts.asked(actor, Acts.ADD, "", shown, () -> begin(name, length, actor));
    }

    private synchronized Upload begin(String name, OptionalLong length, Actor actor)
            throws IOException {
        listing.requireLeading();
        if (open.size() >= MOST_OPEN) {
            throw new RefusedException(
                    Refusal.UPLOADS_TOO_MANY, open.size() + " uploads have not ended yet");
        }
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
        upload.touch(nanoTime.getAsLong());
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
        return asked(id, upload -> append(upload, offset, bytes));
    }

    /** Something that is done with an upload. */
    private interface Step<T> {
        T take(OpenUpload upload) throws IOException;
    }

    /** Of an upload that is not known, nobody here knows who asks. */
    private <T> T asked(String id, Step<T> step) throws IOException {
        OpenUpload upload = open.get(id);
        if (upload == null) {
            listing.requireLeading();
            throw OpenUpload.unknown(id);
        }
        Description about = upload.description();
        return acts.asked(
                about.actor(),
                Acts.ADD,
                "",
                about.name(),
                () -> {
                    listing.requireLeading();
                    return step.take(upload);
                });
    }

    private Upload append(OpenUpload upload, long offset, InputStream bytes) throws IOException {
        try (OpenUpload.Claim claim = upload.claim();
                OpenUpload.Claim turn = turns.next()) {
            upload.append(offset, bytes);
        } finally {
            upload.touch(nanoTime.getAsLong());
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
        return asked(id, upload -> finish(id, upload, expected));
    }

    private CatalogItem finish(String id, OpenUpload upload, Optional<Digest> expected)
            throws IOException {
        try (OpenUpload.Claim claim = upload.claim()) {
            OpenUpload.Whole whole = end(upload);
            if (expected.isPresent() && !expected.get().equals(whole.digest())) {
                drop(id, upload);
                throw new RefusedException(
                        Refusal.CHECKSUM_MISMATCH,
                        "The bytes have " + whole.digest() + ", announced was " + expected.get());
            }
            CatalogItem item = publish(upload, whole);
            drop(id, upload);
            LOG.info("{} is here: {} bytes, {}", item.name(), item.size(), item.digest());
            Actor actor = upload.description().actor();
            acts.done(actor, Acts.ADD, item.digest().value(), Items.text(item));
            return item;
        }
    }

    /** One at a time; it holds as much memory as an append, and never waits for a sender. */
    private OpenUpload.Whole end(OpenUpload upload) throws IOException {
        upload.touch(nanoTime.getAsLong());
        synchronized (ending) {
            return upload.end();
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

    /** Drops what nobody has touched for so long. */
    void dropStale() {
        long now = nanoTime.getAsLong();
        open.forEach(
                (id, upload) -> {
                    if (upload.untouched(now) >= KEPT.toNanos()) {
                        upload.claimIfIdle().ifPresent(claim -> dropStale(id, upload, claim));
                    }
                });
    }

    private void dropStale(String id, OpenUpload upload, OpenUpload.Claim claim) {
        try (claim) {
            drop(id, upload);
            LOG.info(
                    "Dropped the upload of {}: untouched for {} days",
                    upload.description().name(),
                    KEPT.toDays());
        } catch (IOException e) {
            LOG.warn("The upload {} could not be dropped; a restart tries again", id, e);
        }
    }

    private void drop(String id, OpenUpload upload) throws IOException {
        if (!open.remove(id, upload)) {
            return;
        }
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

package org.bowline.content.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentStore;
import org.bowline.api.content.Digest;
import org.bowline.api.identity.Host;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in the host's data directory, see {@link Layout}. Owns the threads {@code
 * bowline-content-force}, which wait for the disk, and {@code bowline-content-sweep}, which frees
 * it, and count first what a crash left.
 */
@Component(
        immediate = true,
        service = {ContentStore.class, DiskContentStore.class},
        configurationPid = "bowline.content",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DiskContentStore.Config.class)
public final class DiskContentStore implements ContentStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskContentStore.class);
    private static final long PATIENCE = 5; // seconds, for threads that end
    private static final int FORCING = 8; // threads; the disk merges what they wait for

    /** Where the operator sets it: {@code store.quota} in {@code etc/bowline.yaml}. */
    @ObjectClassDefinition(name = "Bowline content store")
    public @interface Config {
        @AttributeDefinition(
                name = "Bytes that the store may take; 0: only the disk decides",
                min = "0")
        long quota_bytes() default 0;
    }

    private final Layout layout;
    private final Gate gate = new Gate();
    private final Set<Digest> unforced = ConcurrentHashMap.newKeySet();
    private final Capacity capacity;
    private final UsageCount count;
    private final ChunkFiles chunks;
    private final Manifests manifests;
    private final Refs<Ref> refs;
    private final Refs<CatalogItem> fetches;
    private final Sweeper sweeper;
    private final Set<Batch> batches = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweepWanted = new AtomicBoolean();
    private final ExecutorService forcing =
            Executors.newFixedThreadPool(FORCING, threads("bowline-content-force"));
    private final ExecutorService sweeping =
            Executors.newSingleThreadExecutor(threads("bowline-content-sweep"));

    /** Opens the store; what a crash left is counted afterwards, and only who writes waits. */
    @Activate
    public DiskContentStore(@Reference Host host, Config config) throws IOException {
        this(host.data().resolve("store"), config.quota_bytes());
    }

    /**
     * @param quota bytes; 0: only the disk decides
     */
    public DiskContentStore(Path root, long quota) throws IOException {
        layout = new Layout(root);
        layout.prepare();
        capacity = new Capacity(root, quota);
        count = new UsageCount(layout, capacity);
        Optional<Long> noted = layout.takeUsage();
        chunks = new ChunkFiles(layout, capacity, gate, unforced);
        manifests = new Manifests(layout, capacity, gate);
        refs = new Refs<>(layout.refs(), layout.tmp(), Ref.class);
        fetches = new Refs<>(layout.fetches(), layout.tmp(), CatalogItem.class);
        sweeper = new Sweeper(layout, capacity, gate, unforced, new StoreRoots());
        if (noted.isPresent()) {
            capacity.found(noted.get());
            capacity.counted();
        } else {
            sweeping.execute(count); // no sweep comes before its end
        }
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lets what is being made safe or swept come to its end; an interrupt would close files. */
    @Deactivate
    public void close() throws InterruptedException, IOException {
        count.stop();
        for (ExecutorService threads : List.of(sweeping, forcing)) {
            threads.shutdown();
            if (!threads.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        }
        if (capacity.isCounted()) {
            layout.noteUsage(capacity.space().used());
        }
    }

    @Override
    public Set<Digest> held() {
        return refs.all().keySet();
    }

    @Override
    public Optional<Long> size(Digest content) {
        return refs.get(content).map(ref -> ref.item().size());
    }

    @Override
    public InputStream open(Digest content, long offset) throws IOException {
        Ref ref =
                refs.get(content)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.CONTENT_NOT_HERE,
                                                content + " is not whole on this host"));
        if (offset < 0 || offset > ref.item().size()) {
            throw new IllegalArgumentException("offset " + offset + " of " + ref.item().size());
        }
        return read(ref.item().manifest(), offset);
    }

    /** Reads what a manifest that is here names; its chunks must be here too. */
    public InputStream read(Digest manifest, long offset) throws IOException {
        return new ContentStream(chunks, manifests.open(manifest).chunks(), offset);
    }

    @Override
    public Space space() {
        try {
            return capacity.space();
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of the store does not answer", e);
        }
    }

    /**
     * Refuses with {@code STORE_FULL} if there is no room for that many bytes.
     *
     * @param promised bytes that others were promised already
     */
    public void require(long bytes, long promised) throws IOException {
        capacity.require(bytes, promised);
    }

    public Layout layout() {
        return layout;
    }

    /** Directory for files on their way to their place, on the same disk. */
    public Path tmp() {
        return layout.tmp();
    }

    public ChunkFiles chunks() {
        return chunks;
    }

    public Manifests manifests() {
        return manifests;
    }

    /** Content that is whole here. */
    public Refs<Ref> refs() {
        return refs;
    }

    /** Content on its way here: what it already has is not swept. */
    public Refs<CatalogItem> fetches() {
        return fetches;
    }

    /** Begins a batch of chunks; the caller closes it. */
    public Batch batch() {
        Batch batch = new Batch(layout, unforced, forcing, batches::remove);
        batches.add(batch);
        return batch;
    }

    /** Frees soon what nothing needs; does not wait. */
    public void sweepSoon() {
        if (!sweepWanted.getAndSet(true)) {
            sweeping.execute(this::sweep);
        }
    }

    private void sweep() {
        sweepWanted.set(false);
        try {
            long freed = sweeper.sweep();
            if (freed > 0) {
                LOG.info("Freed {} that no content needs any more", Sizes.text(freed));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not free the disk; trying again after the next change", e);
        }
    }

    private final class StoreRoots implements Sweeper.Roots {
        @Override
        public List<Digest> manifests() {
            List<Digest> all = new ArrayList<>();
            fetches.all().values().forEach(item -> all.add(item.manifest()));
            refs.all().values().forEach(ref -> all.add(ref.item().manifest()));
            return all;
        }

        @Override
        public void chunks(Sweeper.ChunkVisitor visitor) throws IOException {
            for (Batch batch : batches) {
                for (Chunk chunk : batch.chunks()) {
                    visitor.visit(chunk);
                }
            }
            try (DirectoryStream<Path> uploads = Files.newDirectoryStream(layout.uploads())) {
                for (Path upload : uploads) {
                    visit(layout.uploadChunks(upload), visitor);
                }
            }
        }

        private void visit(Path uploadChunks, Sweeper.ChunkVisitor visitor) throws IOException {
            try (ChunkList list = ChunkList.bare(uploadChunks)) {
                for (var next = list.next(); next.isPresent(); next = list.next()) {
                    visitor.visit(next.get());
                }
            }
        }
    }
}

package org.bowline.content.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.group.Entry;
import org.bowline.api.group.GroupView;
import org.bowline.api.identity.HostId;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.chunk.MalformedException;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.Batch;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Ref;
import org.bowline.content.wire.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one content to this disk: its manifest, then the chunks that are not here yet, over
 * several channels at once; at last the reference, from which on the content counts as held. What
 * came stays if it is broken off.
 */
final class Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
    private static final int MIN_CHANNELS = 2; // one reads while the other verifies
    private static final int MAX_CHANNELS = 4;
    private static final int READ = 64 << 10; // bytes
    private static final long WORTH_A_CHANNEL = 4L << 20; // bytes

    private final Wanted wanted;
    private final CatalogItem item;
    private final DiskContentStore store;
    private final Sources sources;
    private final Surroundings around;
    private final Progress progress;
    private volatile boolean stopped;

    /**
     * What a fetch needs to know of the rest.
     *
     * @param view the group now
     * @param promised bytes of the store that others still need
     * @param threads for the channels
     */
    record Surroundings(Supplier<GroupView> view, LongSupplier promised, ExecutorService threads) {}

    /** What a host brought is not what it said. */
    static final class WrongContentException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongContentException(Digest digest) {
            super("bytes that do not have " + digest);
        }
    }

    /** No host that answers has what is missing. */
    static final class NoSourceException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSourceException() {
            super("no host that answers has it");
        }
    }

    Fetch(
            Wanted wanted,
            CatalogItem item,
            DiskContentStore store,
            Sources sources,
            Surroundings around) {
        this.wanted = wanted;
        this.item = item;
        this.store = store;
        this.sources = sources;
        this.around = around;
        this.progress = new Progress(item.size());
    }

    Progress progress() {
        return progress;
    }

    /** Ends it soon; it then throws {@link NoSourceException}. */
    void stop() {
        stopped = true;
    }

    /**
     * Fetches all of it.
     *
     * @throws org.bowline.api.RefusedException {@code STORE_FULL}
     * @throws NoSourceException if it is to be tried again later
     * @throws WrongContentException if its chunks are right and its digest is not
     * @throws MalformedException if its manifest is one that no honest host writes
     */
    void run() throws IOException {
        try {
            bring();
        } catch (MalformedException e) {
            LOG.warn("{}, brought by {}, has no valid manifest", item.name(), item.addedOn());
            store.fetches().remove(item.digest()); // the sweeper could not read it either
            store.sweepSoon();
            throw e;
        }
    }

    private void bring() throws IOException {
        note();
        if (!store.manifests().hold(item.manifest())) {
            fetchManifest();
        }
        try (Batch found = store.batch()) {
            long missing = missing(found);
            progress.restart(item.size() - missing);
            store.require(missing, around.promised().getAsLong());
            if (missing > 0) {
                fetchChunks(missing);
            }
            if (missing(found) > 0) {
                throw new NoSourceException();
            }
            verify();
            found.force(found.chunks().size());
        }
        keep();
        LOG.info("{} is Synced: {}", item.name(), item.digest());
    }

    /** Before anything is counted on: every sweep that begins from now on leaves what it needs. */
    private void note() throws IOException {
        if (!store.fetches().get(item.digest()).equals(Optional.of(item))) {
            store.fetches().put(item.digest(), item);
        }
    }

    private void keep() throws IOException {
        Entry<CatalogItem> entry = wanted.entries().get(item.digest());
        long seen = entry == null ? 0 : entry.revision();
        store.refs().put(item.digest(), Ref.listed(item, wanted.view().id(), seen));
        if (store.fetches().get(item.digest()).isEmpty()) {
            store.refs().remove(item.digest()); // retired on the way, and perhaps swept
            throw new NoSourceException();
        }
        store.fetches().remove(item.digest());
    }

    /**
     * Hashes the whole, unless a leader did when it took the upload in: a joining host's word for
     * what it brings is not enough.
     */
    private void verify() throws IOException {
        if (wanted.view().voters().contains(item.addedOn())) {
            return;
        }
        MessageDigest sha = Sha256.start();
        byte[] buffer = new byte[READ];
        try (InputStream in = store.read(item.manifest(), 0)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
        if (!Sha256.named(sha.digest()).equals(item.digest())) {
            LOG.warn("{}, brought by {}, does not have its digest", item.name(), item.addedOn());
            throw new WrongContentException(item.digest());
        }
    }

    private void fetchManifest() throws IOException {
        ManifestPull pull = new ManifestPull(item, store, sources);
        for (HostId host : sources.holders(item, around.view().get(), Set.of())) {
            if (!stopped && pull.from(host)) {
                return;
            }
        }
        throw new NoSourceException();
    }

    /**
     * Bytes that are not here; equal chunks in a row count once.
     *
     * @param found takes over what is here and not safe yet
     */
    private long missing(Batch found) throws IOException {
        long missing = 0;
        long size = 0;
        try (ChunkList.Opened opened = store.manifests().open(item.manifest())) {
            check(opened.manifest());
            ChunkList list = opened.chunks();
            Optional<Chunk> before = Optional.empty();
            for (var next = list.next(); next.isPresent(); next = list.next()) {
                size += next.get().length();
                if (!next.equals(before) && !store.chunks().hold(next.get(), found)) {
                    missing += next.get().length();
                }
                before = next;
            }
        }
        if (size != item.size()) {
            throw new MalformedException("manifest of " + size + " bytes for " + item.size());
        }
        return missing;
    }

    private void check(Manifest manifest) throws IOException {
        if (!manifest.content().equals(item.digest()) || manifest.size() != item.size()) {
            throw new MalformedException("the manifest is that of " + manifest.content());
        }
    }

    private void fetchChunks(long missing) throws IOException {
        try (ChunkList.Opened opened = store.manifests().open(item.manifest());
                ChunkQueue queue = new ChunkQueue(opened.chunks(), store.chunks(), progress)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < channels(missing); i++) {
                workers.add(
                        around.threads()
                                .submit(
                                        () -> {
                                            work(queue);
                                            return queue;
                                        }));
            }
            join(workers);
        }
    }

    /** Several channels where it is worth it, also to a single host. */
    private int channels(long missing) {
        int holders = sources.holders(item, around.view().get(), Set.of()).size();
        int most = Math.max(MIN_CHANNELS, Math.min(MAX_CHANNELS, holders));
        return (int) Math.max(1, Math.min(most, missing / WORTH_A_CHANNEL));
    }

    /** One worker: goes from host to host until all is there or nobody is left to ask. */
    private void work(ChunkQueue queue) throws IOException {
        Set<HostId> lacking = new HashSet<>();
        try (ChunkPull pull = new ChunkPull(store, queue)) {
            while (!stopped && !queue.isDrained()) {
                List<HostId> holders = sources.holders(item, around.view().get(), lacking);
                if (holders.isEmpty()) {
                    break;
                }
                if (!pull(holders.get(0), pull)) {
                    lacking.add(holders.get(0));
                } else if (queue.isEmpty()) {
                    break;
                }
            }
            pull.makeSafe();
        } catch (ChunkPull.DiskException e) {
            stopped = true;
            throw e;
        }
    }

    /** Answers false if that host lacked something or failed. */
    private boolean pull(HostId host, ChunkPull pull) throws ChunkPull.DiskException {
        String name =
                around.view().get().member(host).map(member -> member.facts().name()).orElse("");
        boolean inOrder = false;
        Conversation conversation = null;
        try {
            conversation = sources.open(host);
            progress.from(name);
            boolean all = pull.from(conversation, () -> stopped);
            inOrder = true;
            return all;
        } catch (ChunkPull.DiskException e) {
            throw e;
        } catch (ChunkPull.BadChunkException e) {
            sources.distrust(host, e.getMessage());
            return false;
        } catch (IOException e) {
            sources.pause(host, e);
            return false;
        } finally {
            progress.fromNoMore(name);
            if (conversation != null) {
                sources.end(conversation, inOrder);
            }
        }
    }

    private static void join(List<Future<?>> workers) throws IOException {
        IOException failure = null;
        for (Future<?> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof IOException io ? io : new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new InterruptedIOException("interrupted");
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

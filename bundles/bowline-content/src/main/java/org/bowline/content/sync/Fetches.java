package org.bowline.content.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.content.store.DiskContentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetches under way and those that wait for another attempt. {@link #run} belongs to one
 * thread; the rest is safe for use by any.
 */
final class Fetches {
    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
    private static final int AT_ONCE = 2;

    private final DiskContentStore store;
    private final Sources sources;
    private final Group group;
    private final ExecutorService threads;
    private final Runnable changed;
    private final Map<Digest, Fetch> running = new ConcurrentHashMap<>();
    private final Map<Digest, Trouble> troubles = new ConcurrentHashMap<>();

    Fetches(
            DiskContentStore store,
            Sources sources,
            Group group,
            ExecutorService threads,
            Runnable changed) {
        this.store = store;
        this.sources = sources;
        this.group = group;
        this.threads = threads;
        this.changed = changed;
    }

    /** Starts what is missing and ends what nobody wants any more. */
    void run(Wanted wanted) {
        running.forEach(
                (digest, fetch) -> {
                    fetch.progress().measure();
                    if (!wanted.entries().containsKey(digest)) {
                        fetch.stop();
                    }
                });
        troubles.keySet().retainAll(wanted.entries().keySet());
        List<Entry<CatalogItem>> missing = new ArrayList<>(wanted.entries().values());
        missing.removeIf(entry -> store.refs().get(entry.value().digest()).isPresent());
        missing.sort(Comparator.comparingLong(Entry::revision));
        long free = missing.isEmpty() ? 0 : store.space().free();
        for (Entry<CatalogItem> entry : missing) {
            Digest digest = entry.value().digest();
            Trouble trouble = troubles.get(digest);
            boolean due = trouble == null || trouble.isDue(free);
            if (running.size() < AT_ONCE && due && !running.containsKey(digest)) {
                start(wanted, entry.value());
            }
        }
        if (missing.isEmpty()) {
            sources.closeIdle();
        }
    }

    private void start(Wanted wanted, CatalogItem item) {
        Fetch fetch =
                new Fetch(
                        wanted,
                        item,
                        store,
                        sources,
                        new Fetch.Surroundings(
                                group::view, () -> promised(item.digest()), threads));
        running.put(item.digest(), fetch);
        threads.execute(() -> attempt(fetch, item));
    }

    private void attempt(Fetch fetch, CatalogItem item) {
        try {
            fetch.run();
            troubles.remove(item.digest());
        } catch (IOException | RuntimeException e) {
            Trouble trouble =
                    Trouble.of(
                            e,
                            fetch.progress().holding(),
                            store.space().free(),
                            troubles.get(item.digest()));
            troubles.put(item.digest(), trouble);
            if (trouble.isFirst()) {
                LOG.info("{} is Not Synced: {}", item.name(), trouble.here().reason());
            }
            LOG.debug("Fetching {} failed", item.digest(), e);
        } finally {
            running.remove(item.digest());
            changed.run();
        }
    }

    /** Bytes that the other fetches under way still bring. */
    private long promised(Digest but) {
        return running.entrySet().stream()
                .filter(other -> !other.getKey().equals(but))
                .mapToLong(other -> other.getValue().progress().holding().bytesLeft())
                .sum();
    }

    /** Tries at once what waits. */
    void retryNow() {
        sources.avoidNobody();
        troubles.clear();
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    boolean isWaiting() {
        return !troubles.isEmpty();
    }

    /** How this host stands with a listed item. */
    Holding holding(CatalogItem item) {
        if (store.refs().get(item.digest()).isPresent()) {
            return Holding.SYNCED;
        }
        Trouble trouble = troubles.get(item.digest());
        Fetch fetch = running.get(item.digest());
        if (trouble != null && (fetch == null || !fetch.progress().isMoving())) {
            return trouble.here();
        }
        return fetch == null
                ? new Holding(Holding.State.SYNCING, 0, item.size(), "", 0, "", "")
                : fetch.progress().holding();
    }

    void stop() {
        running.values().forEach(Fetch::stop);
        sources.closeAll();
    }
}

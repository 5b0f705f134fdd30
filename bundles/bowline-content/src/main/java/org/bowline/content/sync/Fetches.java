package org.bowline.content.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Sizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetches under way and those that wait for another attempt. {@link #run} belongs to one
 * thread; the rest is safe for use by any.
 */
final class Fetches {
    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
    private static final int AT_ONCE = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

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
        Fetch fetch = new Fetch(wanted, item, store, sources, group::view, threads);
        running.put(item.digest(), fetch);
        threads.execute(() -> attempt(fetch, item));
    }

    private void attempt(Fetch fetch, CatalogItem item) {
        try {
            fetch.run();
            troubles.remove(item.digest());
        } catch (IOException | RuntimeException e) {
            Trouble trouble = trouble(fetch, item, e);
            if (troubles.put(item.digest(), trouble) == null) {
                LOG.info("{} is Not Synced: {}; it goes on later", item.name(), trouble.reason());
            }
            LOG.debug("Fetching {} failed", item.digest(), e);
        } finally {
            running.remove(item.digest());
            changed.run();
        }
    }

    private Trouble trouble(Fetch fetch, CatalogItem item, Exception e) {
        Trouble before = troubles.get(item.digest());
        int attempts = before == null ? 1 : before.attempts() + 1;
        long pause = FIRST_PAUSE.toNanos() << Math.min(attempts - 1, 4);
        long again = System.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
        Holding here = fetch.progress().holding();
        Throwable cause = e instanceof ChunkPull.DiskException ? e.getCause() : e;
        if (cause instanceof RefusedException full && full.refusal() == Refusal.STORE_FULL) {
            long free = store.space().free();
            long needed = Math.max(here.bytesLeft(), 1);
            String reason =
                    "The store is full: needs " + Sizes.text(needed) + ", has " + Sizes.text(free);
            return new Trouble(
                    reason,
                    full.refusal().fix(),
                    needed,
                    here.bytesLeft(),
                    here.percent(),
                    again,
                    attempts);
        }
        boolean alone = cause instanceof Fetch.NoSourceException;
        return new Trouble(
                alone ? "No host that answers has it" : "It cannot be stored: " + cause,
                alone
                        ? "Bring a host that holds it back, or upload it again."
                        : "Look at the agent's log and at the disk.",
                0,
                here.bytesLeft(),
                here.percent(),
                again,
                attempts);
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
            return trouble.holding();
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

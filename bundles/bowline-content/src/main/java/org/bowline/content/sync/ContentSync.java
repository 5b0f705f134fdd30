package org.bowline.content.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Subscription;
import org.bowline.api.audit.Audit;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentReport;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Group;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.content.Listing;
import org.bowline.content.store.DiskContentStore;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this host's content what the group wants, and tells the group how far it is. Owns the
 * thread {@code bowline-content-sync}, which decides, and threads {@code bowline-content-fetch},
 * which wait for other hosts.
 */
@Component(immediate = true, service = ContentSync.class)
public final class ContentSync {
    private static final Logger LOG = LoggerFactory.getLogger(ContentSync.class);
    private static final Duration WHILE_FETCHING = Duration.ofMillis(500);
    private static final Duration WHILE_WAITING = Duration.ofMillis(500);
    private static final Duration AT_REST = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CALLBACKS = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5); // for threads that end

    private final DiskContentStore store;
    private final Listing listing;
    private final Group group;
    private final Presence presence;
    private final Adoption adoption;
    private final Reports reports;
    private final Fetches fetches;
    private final Wakes wakes = new Wakes();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    work -> {
                        Thread thread = new Thread(work, "bowline-content-fetch");
                        thread.setDaemon(true);
                        return thread;
                    });

    // Only the thread's.
    private @Nullable ContentReport said;
    private String saidIn = ""; // id of the group
    private long calledBack = System.nanoTime() - BETWEEN_CALLBACKS.toNanos();
    private boolean unseen = true;

    private volatile boolean closed;
    private @Nullable Thread thread;
    private List<Subscription> watches = List.of();

    @Activate
    public ContentSync(
            @Reference DiskContentStore store,
            @Reference Listing listing,
            @Reference Group group,
            @Reference Peers peers,
            @Reference Presence presence,
            @Reference Audit audit) {
        this.store = store;
        this.listing = listing;
        this.group = group;
        this.presence = presence;
        adoption = new Adoption(store, listing);
        reports = new Reports(presence, listing);
        fetches =
                new Fetches(store, new Sources(peers, reports, audit), group, threads, wakes::wake);
    }

    /** Begins; public for whole hosts in tests. */
    @Activate
    public void start() {
        watches = List.of(group.watch(wakes::wake), presence.watch(wakes::wake));
        Thread started = new Thread(this::loop, "bowline-content-sync");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Ends; what came so far stays on disk. Nothing is interrupted: that would close files. */
    @Deactivate
    public void stop() throws InterruptedException {
        closed = true;
        watches.forEach(Subscription::close);
        wakes.wake();
        Thread running = thread;
        if (running != null) {
            running.join(PATIENCE.toMillis());
        }
        fetches.stop();
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
        }
    }

    private void loop() {
        long seen = 0;
        while (!closed) {
            try {
                pass();
                long now = wakes.next(seen, pause());
                unseen |= now != seen || !fetches.isIdle();
                seen = now;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("Content could not be brought up to date; trying again", e);
                seen = waitAfterFailure(seen);
            }
        }
    }

    private long waitAfterFailure(long seen) {
        try {
            return wakes.next(seen, WHILE_WAITING);
        } catch (InterruptedException e) {
            closed = true;
            return seen;
        }
    }

    private Duration pause() {
        if (unseen) {
            return BETWEEN_CALLBACKS;
        }
        if (!fetches.isIdle()) {
            return WHILE_FETCHING;
        }
        return fetches.isWaiting() ? WHILE_WAITING : AT_REST;
    }

    private void pass() throws IOException {
        try {
            adoption.run(Wanted.read(group, listing));
        } finally {
            Wanted wanted = Wanted.read(group, listing);
            if (wanted.known()) { // else what is on its way goes on, and nothing new can be said
                fetches.run(wanted);
                report(wanted);
            }
            callBack();
        }
    }

    private void report(Wanted wanted) {
        ContentReport now = OwnReport.of(wanted, fetches::holding);
        ContentReport before = said;
        boolean same =
                before != null
                        && wanted.view().id().equals(saidIn) // else its revision means nothing
                        && before.revision() >= wanted.newest()
                        && now.equals(withRevision(before, now.revision()));
        if (!same) {
            presence.say(ContentReport.KEY, OwnReport.bytes(now));
            said = now;
            saidIn = wanted.view().id();
        }
    }

    private static ContentReport withRevision(ContentReport report, long revision) {
        return new ContentReport(
                revision,
                report.state(),
                report.percent(),
                report.reason(),
                report.fix(),
                report.missing());
    }

    private void callBack() {
        long now = System.nanoTime();
        if (unseen && now - calledBack >= BETWEEN_CALLBACKS.toNanos()) {
            unseen = false;
            calledBack = now;
            watchers.forEach(Runnable::run);
        }
    }

    /** Tries at once what waits for another attempt. */
    public void retryNow() {
        fetches.retryNow();
        wakes.wake();
    }

    /** Calls back after something changed, at most 4 times a second. */
    public Subscription watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    /** How every host that was heard of stands with every item. */
    public Map<HostId, Map<Digest, Holding>> holdings() {
        Wanted wanted = Wanted.read(group, listing);
        Map<HostId, Map<Digest, Holding>> all = new LinkedHashMap<>();
        for (Member member : wanted.view().members()) {
            holdings(member.id(), wanted).ifPresent(held -> all.put(member.id(), held));
        }
        return all;
    }

    private Optional<Map<Digest, Holding>> holdings(HostId host, Wanted wanted) {
        boolean self = host.equals(wanted.view().self());
        Optional<ContentReport> report = self ? Optional.empty() : reports.of(host);
        if (!self && report.isEmpty()) {
            return Optional.empty();
        }
        Map<Digest, Holding> held = new LinkedHashMap<>();
        wanted.entries()
                .forEach(
                        (digest, entry) ->
                                held.put(
                                        digest,
                                        report.map(
                                                        said ->
                                                                Reports.holding(
                                                                        said,
                                                                        entry.value(),
                                                                        entry.revision()))
                                                .orElseGet(() -> fetches.holding(entry.value()))));
        return Optional.of(held);
    }

    /** How this host stands with a listed item. */
    public Holding own(CatalogItem item) {
        return fetches.holding(item);
    }
}

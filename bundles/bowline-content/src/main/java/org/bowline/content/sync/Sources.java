package org.bowline.content.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Holding;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.content.Acts;
import org.bowline.content.wire.ContentServer;
import org.bowline.content.wire.Conversation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom to ask, and the channels to them: those that are done with are kept a while for the next
 * content. Safe for use by any thread; {@link #open} waits for the network.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final Duration DISTRUST = Duration.ofMinutes(5);

    private final Peers peers;
    private final Reports reports;
    private final Audit audit;
    private final Map<HostId, Long> avoidedUntil = new ConcurrentHashMap<>(); // nano time
    private final Map<HostId, AtomicInteger> inUse = new ConcurrentHashMap<>();

    private final Map<HostId, Deque<Conversation>> idle = new ConcurrentHashMap<>();
    private final Set<Conversation> busy = ConcurrentHashMap.newKeySet();

    Sources(Peers peers, Reports reports, Audit audit) {
        this.peers = peers;
        this.reports = reports;
        this.audit = audit;
    }

    /**
     * Members worth asking for that content: first those that say they have it, the leader and the
     * host that brought it, then the rest; among equals those that are asked least, else at random.
     */
    List<HostId> holders(CatalogItem item, GroupView view, Set<HostId> except) {
        List<HostId> hosts =
                new ArrayList<>(
                        view.members().stream()
                                .map(Member::id)
                                .filter(host -> !host.equals(view.self()))
                                .filter(host -> !except.contains(host))
                                .filter(host -> !avoided(host))
                                .filter(reports::reachable)
                                .toList());
        Collections.shuffle(hosts);
        hosts.sort(
                Comparator.comparing((HostId host) -> !likely(host, item, view))
                        .thenComparing(host -> uses(host).get()));
        return hosts;
    }

    private boolean likely(HostId host, CatalogItem item, GroupView view) {
        return view.leader().filter(host::equals).isPresent()
                || host.equals(item.addedOn())
                || reports.holding(host, item).filter(Holding.SYNCED::equals).isPresent();
    }

    private boolean avoided(HostId host) {
        Long until = avoidedUntil.get(host);
        return until != null && until - System.nanoTime() > 0;
    }

    private AtomicInteger uses(HostId host) {
        return inUse.computeIfAbsent(host, id -> new AtomicInteger());
    }

    /** Does not ask that host for a moment: it did not answer, broke off, or is too slow. */
    void pause(HostId host, IOException cause) {
        LOG.debug("{} failed to give content; asking others", host, cause);
        avoid(host, cause instanceof Conversation.SlowException ? SLOW : PAUSE);
    }

    /** Does not ask that host for a while: what it gave was wrong. */
    void distrust(HostId host, String what) {
        if (avoid(host, DISTRUST).compareTo(SLOW) > 0) {
            return; // several channels to it found out at once
        }
        LOG.warn("{} gave {}; not asking it for {} minutes", host, what, DISTRUST.toMinutes());
        audit.record(
                Act.refused(
                        Actor.SYSTEM,
                        Acts.CHUNK_REFUSED,
                        host.value(),
                        Refusal.CHECKSUM_MISMATCH.code(),
                        "It gave " + what));
    }

    /** At least for so long; answers for how long it was to be avoided before. */
    private synchronized Duration avoid(HostId host, Duration howLong) {
        long now = System.nanoTime();
        long left = Math.max(0, avoidedUntil.getOrDefault(host, now) - now);
        avoidedUntil.put(host, now + Math.max(left, howLong.toNanos()));
        return Duration.ofNanos(left);
    }

    /** Asks everybody again. */
    void avoidNobody() {
        avoidedUntil.clear();
    }

    /** A channel to that host, until {@link #end}. */
    Conversation open(HostId host) throws IOException {
        uses(host).incrementAndGet();
        Optional<Conversation> kept = poll(host);
        if (kept.isPresent()) {
            busy.add(kept.get());
            return kept.get();
        }
        boolean opened = false;
        try {
            Conversation conversation = new Conversation(peers.open(host, ContentServer.PROTOCOL));
            opened = true;
            busy.add(conversation);
            return conversation;
        } finally {
            if (!opened) {
                uses(host).decrementAndGet();
            }
        }
    }

    private Optional<Conversation> poll(HostId host) {
        Deque<Conversation> kept = idle.getOrDefault(host, new ArrayDeque<>());
        synchronized (kept) {
            return Optional.ofNullable(kept.poll());
        }
    }

    /**
     * Ends the use of a channel.
     *
     * @param inOrder nothing is under way on it, so it may serve again
     */
    void end(Conversation conversation, boolean inOrder) {
        uses(conversation.peer()).decrementAndGet();
        busy.remove(conversation);
        if (!inOrder) {
            conversation.close();
            return;
        }
        Deque<Conversation> kept =
                idle.computeIfAbsent(conversation.peer(), id -> new ArrayDeque<>());
        synchronized (kept) {
            kept.add(conversation);
        }
    }

    /** Closes what is kept: nothing more is to be fetched. */
    void closeIdle() {
        for (HostId host : idle.keySet()) {
            for (var kept = poll(host); kept.isPresent(); kept = poll(host)) {
                kept.get().close();
            }
        }
    }

    /** Closes all, whatever is under way on them. */
    void closeAll() {
        closeIdle();
        busy.forEach(Conversation::close);
    }
}

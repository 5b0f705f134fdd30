package org.bowline.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;
import org.bowline.group.state.State;

/**
 * Whom a leader dials though it is theirs to dial the leader: members that have not been heard for
 * some seconds. When a leader's address has changed, they learn the new one by that. Used by one
 * thread at a time.
 */
final class Lookout {
    /** Hosts that are sought at once: each costs a thread and a connection every two seconds. */
    static final int MOST = 16;

    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();
    private static final long LOOK = Duration.ofSeconds(1).toNanos();
    private static final long TURN = Duration.ofSeconds(10).toNanos();

    private final HostId self;
    private final Presence presence;
    private final Supplier<Set<HostId>> fed;
    private final LongSupplier nanos;
    private Map<HostId, Long> silentSince = Map.of();
    private Set<HostId> sought = Set.of();
    private long lookedAt;
    private long turnedAt;
    private boolean looked;
    private HostId last;

    /**
     * @param fed who takes the feed from this host, and so has found it
     */
    Lookout(HostId self, Presence presence, Supplier<Set<HostId>> fed, LongSupplier nanos) {
        this.self = self;
        this.last = self;
        this.presence = presence;
        this.fed = fed;
        this.nanos = nanos;
    }

    /**
     * Whom to dial now. Who was found is dialled on until it has found this host itself.
     *
     * @param several whether other leaders may feed it
     */
    Set<HostId> sought(State state, boolean several) {
        long now = nanos.getAsLong();
        if (looked && now - lookedAt < LOOK) {
            return sought;
        }
        looked = true;
        lookedAt = now;
        Map<HostId, Said> heard = presence.heard();
        Set<HostId> found = fed.get();
        Map<HostId, Long> silent = new HashMap<>();
        TreeMap<HostId, Boolean> wanted = new TreeMap<>(); // whether it was found
        for (Member member : state.memberList()) {
            HostId id = member.id();
            Said said = heard.get(id);
            boolean isHeard = said != null && said.reachable();
            if (id.equals(self)
                    || found.contains(id)
                    || isHeard && (several || !sought.contains(id))) {
                continue;
            }
            long since = silentSince.getOrDefault(id, now);
            silent.put(id, since);
            if (now - since > PATIENCE) {
                wanted.put(id, isHeard);
            }
        }
        silentSince = silent;
        sought = chosen(wanted, now);
        return sought;
    }

    /** Those that were found, and a few of the others by turns. */
    private Set<HostId> chosen(TreeMap<HostId, Boolean> wanted, long now) {
        if (wanted.size() <= MOST) {
            return Set.copyOf(wanted.keySet());
        }
        Set<HostId> chosen = new TreeSet<>();
        wanted.forEach(
                (id, found) -> {
                    if (found || sought.contains(id) && now - turnedAt <= TURN) {
                        chosen.add(id);
                    }
                });
        List<HostId> turns = new ArrayList<>(wanted.tailMap(last, false).keySet());
        turns.addAll(wanted.headMap(last, true).keySet());
        for (HostId next : turns) {
            if (chosen.size() >= MOST) {
                break;
            }
            if (chosen.add(next)) {
                last = next;
                turnedAt = now;
            }
        }
        return Set.copyOf(chosen);
    }
}

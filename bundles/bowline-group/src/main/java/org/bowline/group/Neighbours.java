package org.bowline.group;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Presence;
import org.bowline.group.feed.FeedServer;
import org.bowline.group.state.State;

/**
 * Sees to it that this host trusts the members and dials whom it should. Used by one thread at a
 * time.
 */
final class Neighbours {
    /** How long a host that is taken out may need to read the entry that says so. */
    private static final Duration FAREWELL = Duration.ofMillis(1500);

    /** Without a leader for so long, followers keep in touch with each other. */
    private static final long ALONE = Duration.ofSeconds(2).toNanos();

    private final Member self;
    private final Trust trust;
    private final Presence presence;
    private final FeedServer feeds;
    private final Lookout lookout;
    private final LongSupplier nanos;
    private Optional<Long> leaderlessSince = Optional.empty();
    private Set<HostId> dialled = Set.of();
    private Set<HostId> believed = Set.of();
    private boolean judges;

    Neighbours(Member self, Trust trust, Presence presence, FeedServer feeds, LongSupplier nanos) {
        this.self = self;
        this.trust = trust;
        this.presence = presence;
        this.feeds = feeds;
        this.lookout = new Lookout(self.id(), presence, feeds::fed, nanos);
        this.nanos = nanos;
    }

    /** Brings trust and presence up to what that membership says now. */
    void settle(Membership membership) throws IOException {
        State state = membership.state();
        if (state.has(self.id()) || membership.votes()) {
            trust(state.memberList(), state.revision());
        } // else: it was taken out, and asks those it knew where it stands
        arrange(membership, state);
    }

    /**
     * Trusts those and this host, nobody else. A host that goes is first sent what takes it out, as
     * far as it listens.
     */
    void trust(Collection<Member> members, long revision) throws IOException {
        Set<TrustedHost> wanted = new HashSet<>();
        members.forEach(member -> wanted.add(trusted(member)));
        if (wanted.stream().noneMatch(trusted -> trusted.id().equals(self.id()))) {
            wanted.add(trusted(self));
        }
        if (wanted.equals(new HashSet<>(trust.all()))) {
            return;
        }
        Set<HostId> gone = trust.all().stream().map(TrustedHost::id).collect(Collectors.toSet());
        wanted.forEach(kept -> gone.remove(kept.id()));
        if (!gone.isEmpty()) {
            feeds.flush(gone, revision, FAREWELL);
        }
        trust.replace(List.copyOf(wanted), revision);
    }

    private static TrustedHost trusted(Member member) {
        List<Endpoint> endpoints = member.facts().endpoints();
        return new TrustedHost(member.id(), member.key(), endpoints);
    }

    private void arrange(Membership membership, State state) {
        boolean judge = membership.votes();
        Set<HostId> dial = new HashSet<>();
        Optional<HostId> leader = membership.leader();
        if (judge) {
            feeds.heard(heard());
            dial.addAll(membership.voters());
            dial.addAll(lookout.sought(state, membership.voters().size() > 1));
            leaderlessSince = Optional.empty();
        } else if (leader.isPresent()) {
            dial.add(leader.get());
            leaderlessSince = Optional.empty();
        } else if (isAlone()) {
            state.memberList().forEach(member -> dial.add(member.id()));
        } else {
            dial.addAll(dialled);
        }
        tell(others(dial, state), others(membership.voters(), state), judge);
    }

    private Set<HostId> heard() {
        return presence.heard().entrySet().stream()
                .filter(said -> said.getValue().reachable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those of them that are members beside this host. */
    private Set<HostId> others(Set<HostId> hosts, State state) {
        Set<HostId> others = new HashSet<>(state.has(self.id()) ? hosts : Set.of());
        others.removeIf(id -> id.equals(self.id()) || !state.has(id));
        return others;
    }

    private void tell(Set<HostId> dial, Set<HostId> leaders, boolean judge) {
        if (dial.equals(dialled) && leaders.equals(believed) && judge == judges) {
            return;
        }
        presence.arrange(dial, leaders, judge);
        dialled = dial;
        believed = leaders;
        judges = judge;
    }

    private boolean isAlone() {
        long now = nanos.getAsLong();
        long since = leaderlessSince.orElse(now);
        leaderlessSince = Optional.of(since);
        return now - since > ALONE;
    }
}

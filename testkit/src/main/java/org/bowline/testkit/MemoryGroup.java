package org.bowline.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.group.Commit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;

/**
 * A group without disk or network: hosts of one {@link World} that follow one another see each
 * entry at once. Its founder is the only voter. Callbacks run on the thread that commits.
 */
public final class MemoryGroup implements Group {
    /** The groups that the hosts of one test can reach. */
    public static final class World {
        private final Map<String, MemoryLedger> ledgers = new ConcurrentHashMap<>();

        private MemoryLedger found(Member founder) {
            String id = "group" + letters(ledgers.size() + 1);
            MemoryLedger ledger = new MemoryLedger(id, founder);
            ledgers.put(id, ledger);
            return ledger;
        }

        /** The number in eleven letters, so that the id looks like a real one. */
        private static String letters(int number) {
            return String.format("%011d", number)
                    .chars()
                    .map(digit -> digit - '0' + 'a')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, (a, b) -> {})
                    .toString();
        }
    }

    private final ObjectMapper json =
            new ObjectMapper()
                    .registerModule(MemorySlice.instants())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final Member self;
    private final World world;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Runnable wake = this::changed;
    private final Trust trust;
    private volatile MemoryLedger ledger;

    /** A host in a group of one. */
    public MemoryGroup(World world, Member self) {
        this(world, self, new MemoryTrust());
    }

    /** A host in a group of one, which keeps that trust in step with its members. */
    public MemoryGroup(World world, Member self, Trust trust) {
        this.self = self;
        this.trust = trust;
        this.world = world;
        this.ledger = world.found(self);
        ledger.watchers.add(wake);
        changed();
    }

    private void changed() {
        GroupView now = view();
        try {
            trust.replace(
                    now.members().stream()
                            .map(
                                    member ->
                                            new TrustedHost(
                                                    member.id(),
                                                    member.key(),
                                                    member.facts().endpoints()))
                            .toList(),
                    now.revision());
        } catch (IOException e) {
            throw new UncheckedIOException("trust did not take the members", e);
        }
        watchers.forEach(Runnable::run);
    }

    /** A follower that was taken out sees a feed that is refused. */
    @Override
    public GroupView view() {
        MemoryLedger now = ledger;
        boolean voter = now.leader.equals(self.id());
        boolean member =
                now.members().stream().anyMatch(candidate -> candidate.id().equals(self.id()));
        return new GroupView(
                now.id,
                1,
                self.id(),
                voter,
                Optional.of(now.leader),
                Set.of(now.leader),
                now.members(),
                now.revision(),
                voter ? FeedState.NONE : member ? FeedState.CONNECTED : FeedState.REFUSED);
    }

    @Override
    public <T> Slice<T> slice(String name, Class<T> type) {
        return new MemorySlice<>(name, type, json, () -> ledger);
    }

    @Override
    public long commit(Commit commit) throws IOException {
        MemoryLedger now = ledger;
        if (!now.leader.equals(self.id())) {
            throw new RefusedException(Refusal.USE_THE_LEADER, "This host follows " + now.leader);
        }
        long revision = now.commit(commit, self.id());
        if (revision == 0) {
            throw new RefusedException(Refusal.STALE_REVISION, "A precondition did not hold");
        }
        now.watchers.forEach(Runnable::run);
        return revision;
    }

    @Override
    public Invitation invitation(HostId member) {
        MemoryLedger now = ledger;
        long link = view().member(member).orElseThrow().link();
        return new Invitation(now.id, 1, link, Set.of(now.leader), now.members());
    }

    @Override
    public Standing standing(HostId host, String groupId) {
        MemoryLedger now = ledger;
        if (!now.id.equals(groupId)) {
            return new Standing(Standing.State.OTHER_GROUP, now.id, 1, 0);
        }
        return view().member(host)
                .map(member -> new Standing(Standing.State.MEMBER, now.id, 1, member.link()))
                .orElseGet(() -> new Standing(Standing.State.OUT, now.id, 1, now.revision()));
    }

    @Override
    public void follow(Invitation invitation) throws IOException {
        if (!view().voter()) {
            throw new RefusedException(Refusal.ALREADY_FOLLOWER, "Linked to " + ledger.leader);
        }
        if (!view().alone()) {
            throw new RefusedException(Refusal.HAS_FOLLOWERS, "This host has followers");
        }
        moveTo(world.ledgers.get(invitation.groupId()));
    }

    @Override
    public void leave() throws IOException {
        if (view().voter()) {
            throw new RefusedException(Refusal.NOT_FOLLOWER, "This host follows nobody");
        }
        moveTo(world.found(self));
    }

    private void moveTo(MemoryLedger next) {
        ledger.watchers.remove(wake);
        ledger = next;
        next.watchers.add(wake);
        changed();
    }

    @Override
    public void wantVoters(Set<HostId> voters) throws IOException {
        if (!voters.equals(Set.of(ledger.leader))) {
            throw new IOException("a group in memory has its founder as the only voter");
        }
    }

    @Override
    public Subscription watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }
}

package org.bowline.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Commit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
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
            String id = nextId();
            MemoryLedger ledger = new MemoryLedger(id, founder);
            ledgers.put(id, ledger);
            return ledger;
        }

        private String nextId() {
            return "group" + letters(ledgers.size() + 1);
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
    private final UnaryOperator<byte[]> signer;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Runnable wake = this::changed;
    private final Trust trust;
    private volatile MemoryLedger ledger;
    private volatile Optional<Duration> leaderLost = Optional.empty();
    private volatile Optional<Takeover> challenge = Optional.empty();
    private volatile List<Aside> aside = List.of();
    private volatile OptionalLong fedUpTo = OptionalLong.empty();

    /** A host in a group of one. */
    public MemoryGroup(World world, Member self) {
        this(world, self, new MemoryTrust());
    }

    /** A host in a group of one, which keeps that trust in step with its members. */
    public MemoryGroup(World world, Member self, Trust trust) {
        this(world, self, trust, message -> new byte[0]);
    }

    /** Likewise; its takeovers are signed. */
    public MemoryGroup(World world, Member self, Trust trust, UnaryOperator<byte[]> signer) {
        this.self = self;
        this.signer = signer;
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
        FeedState feed = member ? FeedState.CONNECTED : FeedState.REFUSED;
        Optional<Duration> lost = voter ? Optional.empty() : leaderLost;
        return new GroupView(
                now.id,
                now.generation(),
                self.id(),
                voter,
                lost.isPresent() ? Optional.empty() : Optional.of(now.leader),
                Set.of(now.leader),
                now.members(),
                fedUpTo.orElse(now.revision()),
                voter ? FeedState.NONE : lost.isPresent() ? FeedState.SEARCHING : feed,
                lost,
                now.origin,
                voter ? challenge : Optional.empty());
    }

    /** From now on this host has, as a follower, lost its leader for so long; empty: it is back. */
    public void loseLeader(Optional<Duration> since) {
        leaderLost = since;
        changed();
    }

    /**
     * From now on this host's slices are empty, as if it had not been fed yet, and it says that it
     * knows this revision; empty: it is fed.
     */
    public void starve(OptionalLong revision) {
        fedUpTo = revision;
        changed();
    }

    @Override
    public <T> Slice<T> slice(String name, Class<T> type) {
        MemoryLedger nothing = new MemoryLedger("", self);
        return new MemorySlice<>(name, type, json, () -> fedUpTo.isPresent() ? nothing : ledger);
    }

    @Override
    public long commit(Commit commit) throws IOException {
        MemoryLedger now = ledger;
        if (!now.leader.equals(self.id())) {
            throw new RefusedException(Refusal.USE_THE_LEADER, "This host follows " + now.leader);
        }
        if (challenge.isPresent()) {
            throw new RefusedException(Refusal.SUPERSEDED, challenge.get().by() + " took over");
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
        return new Invitation(now.id, now.generation(), link, Set.of(now.leader), now.members());
    }

    @Override
    public Standing standing(HostId host, String groupId) {
        MemoryLedger now = ledger;
        long generation = now.generation();
        if (!now.id.equals(groupId)) {
            boolean retired = now.cameFrom(groupId);
            return new Standing(
                    retired ? Standing.State.RETIRED : Standing.State.OTHER_GROUP,
                    now.id,
                    generation,
                    0,
                    retired ? now.origin.orElseThrow() : null);
        }
        Optional<Member> member = view().member(host);
        return new Standing(
                member.isPresent() ? Standing.State.MEMBER : Standing.State.OUT,
                now.id,
                generation,
                member.map(Member::link).orElse(now.revision()),
                null);
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

    @Override
    public Takeover takeOver(Actor actor) throws IOException {
        MemoryLedger old = ledger;
        boolean challenged = old.leader.equals(self.id()) && challenge.isPresent();
        if (!challenged && old.leader.equals(self.id())) {
            throw new RefusedException(Refusal.NOT_FOLLOWER, "This host leads");
        }
        if (!challenged && leaderLost.filter(lost -> lost.compareTo(LOST) >= 0).isEmpty()) {
            throw new RefusedException(Refusal.LEADER_REACHABLE, "The leader is not lost");
        }
        List<Takeover.Ancestor> ancestors =
                new ArrayList<>(old.origin.map(Takeover::ancestors).orElse(List.of()));
        ancestors.add(new Takeover.Ancestor(old.id, old.generation(), old.revision()));
        long above = challenge.map(Takeover::generation).orElse(old.generation());
        Takeover bare = new Takeover(world.nextId(), above + 1, self.id(), ancestors, new byte[0]);
        Takeover takeover =
                new Takeover(
                        bare.group(),
                        bare.generation(),
                        bare.by(),
                        bare.ancestors(),
                        signer.apply(bare.message()));
        world.ledgers.put(takeover.group(), new MemoryLedger(takeover, old));
        moveTo(world.ledgers.get(takeover.group()));
        return takeover;
    }

    @Override
    public void consider(Takeover takeover, HostId from) throws IOException {
        MemoryLedger now = ledger;
        if (now.id.equals(takeover.group())) {
            return;
        }
        if (takeover.generation() <= now.generation()) {
            throw new RefusedException(Refusal.TAKEOVER_REFUSED, "It does not outrank this group");
        }
        if (now.leader.equals(self.id())) {
            challenge = Optional.of(takeover);
            changed();
            return;
        }
        boolean lost = leaderLost.filter(since -> since.compareTo(LOST) >= 0).isPresent();
        if (!lost && !from.equals(now.leader)) {
            throw new RefusedException(Refusal.LEADER_REACHABLE, "It follows " + now.leader);
        }
        moveTo(world.ledgers.get(takeover.group()));
    }

    @Override
    public void yieldTo(Takeover wanted) throws IOException {
        if (challenge.filter(wanted::equals).isEmpty()) {
            throw new RefusedException(Refusal.NOT_CHALLENGED, "Nobody took over");
        }
        moveTo(world.ledgers.get(wanted.group()));
    }

    /** What {@link #setAside} was told last: a group in memory sets nothing aside by itself. */
    @Override
    public List<Aside> aside() {
        return aside;
    }

    /** From now on so much has been set aside on this host, the newest first. */
    public void setAside(List<Aside> now) {
        aside = List.copyOf(now);
        changed();
    }

    @Override
    public void dropAside(String id) {
        setAside(aside.stream().filter(one -> !one.id().equals(id)).toList());
    }

    private void moveTo(MemoryLedger next) {
        leaderLost = Optional.empty();
        challenge = Optional.empty();
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

package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.group.Residence.Passage;
import org.bowline.group.feed.FeedServer;
import org.bowline.group.raft.RaftConversation;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Json;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group, ordered by Raft among its voters and fed to everybody else. What exchanges it for
 * another goes through its {@link Residence}.
 */
public final class ReplicatedGroup implements Group, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedGroup.class);
    private static final Duration TRUSTING = Duration.ofSeconds(2);

    private final Workshop tools;
    private final Member self;
    private final Wakes wakes = new Wakes();
    private final Watchers watchers = new Watchers(wakes);
    private final Trust trust;
    private final FeedServer feeds;
    private final Neighbours neighbours;
    private final Announcement announcement;
    private final Commits commits;
    private final Upkeep upkeep;
    private final Residence residence;
    private final Takeovers takeovers;
    private final Reconciler reconciler = new Reconciler(wakes, this::reconcile);

    /** Wiring only; {@link #open} starts it. */
    public ReplicatedGroup(
            Peers peers, Trust trust, Identity identity, Host host, Presence presence) {
        this(peers, trust, identity, host, presence, LOST, step -> {});
    }

    /**
     * @param lost for so long a follower must have lost its leader
     * @param steps told what a move to another group has done so far
     */
    ReplicatedGroup(
            Peers peers,
            Trust trust,
            Identity identity,
            Host host,
            Presence presence,
            Duration lost,
            Consumer<String> steps) {
        ObjectMapper json = Json.mapper();
        byte[] key = identity.certificate().getPublicKey().getEncoded();
        this.self =
                new Member(identity.id(), Base64.getEncoder().encodeToString(key), host.facts(), 0);
        this.trust = trust;
        this.tools =
                new Workshop(
                        identity.id(),
                        json,
                        new EntryCodec(json),
                        new SnapshotCodec(json),
                        new Voters(json),
                        new GroupDisk(host.data().resolve("group"), json),
                        peers,
                        wakes::wake);
        this.feeds = new FeedServer(json, tools.snapshots(), () -> current().source());
        this.neighbours = new Neighbours(self, trust, presence, feeds, System::nanoTime);
        this.announcement = new Announcement(json, presence, System::nanoTime);
        this.commits = new Commits(tools, wakes);
        this.upkeep = new Upkeep(tools, commits);
        this.residence = new Residence(tools, self, wakes, neighbours, commits, upkeep, steps);
        this.takeovers =
                new Takeovers(
                        identity,
                        tools.disk().aside(),
                        new Succession(identity, lost, feeds::feeds),
                        residence);
    }

    /**
     * Reads which group this host belongs to and takes its place in it; founds one at the first
     * start. Waits for the disk, and at most 6 s for a majority: without one the group is there as
     * last known.
     *
     * @throws IOException if the disk fails or what it holds cannot be read
     */
    public void open() throws IOException {
        residence.open(
                () -> {
                    reconciler.start();
                    watchers.start();
                });
    }

    private void reconcile() throws IOException {
        residence.round(
                now -> {
                    now.adjustRole();
                    now.remember();
                    neighbours.settle(now);
                    announcement.say(now);
                    upkeep.check(now);
                });
    }

    Membership current() {
        return residence.current();
    }

    /** What this group serves to other hosts, once it is open. */
    public List<ProtocolHandler> handlers() {
        RaftConversation conversation = new RaftConversation(() -> current().voter());
        return List.of(
                new Served("raft/1", conversation::hold), new Served("feed/1", feeds::serve));
    }

    @Override
    public GroupView view() {
        return current().view();
    }

    @Override
    public <T> Slice<T> slice(String name, Class<T> type) {
        if (!name.matches("[a-z-]{1,32}") || name.equals(Precondition.MEMBERS)) {
            throw new IllegalArgumentException("slice name " + name);
        }
        return new JsonSlice<>(name, type, tools.json(), () -> current().state());
    }

    @Override
    public long commit(Commit commit) throws IOException {
        commit.changes().forEach(Commits::check);
        return residence.stay(
                now -> {
                    if (!Commits.takesOutChallenger(now, commit)) {
                        Commits.checkUnchallenged(now);
                    }
                    return commits.commit(now, commit);
                });
    }

    @Override
    public Invitation invitation(HostId member) throws IOException {
        Membership now = current();
        if (!now.votes()) {
            throw Commits.useTheLeader(now.view());
        }
        Commits.checkUnchallenged(now);
        State state = now.state();
        Member admitted = state.members().get(member.value());
        if (admitted == null) {
            throw new RefusedException(Refusal.HOST_UNKNOWN, member + " is not a member");
        }
        wakes.await(() -> trust.find(member).isPresent(), TRUSTING); // it dials at once
        return new Invitation(
                now.current().group(),
                now.current().generation(),
                admitted.link(),
                now.voters(),
                state.memberList());
    }

    @Override
    public Standing standing(HostId host, String groupId) {
        Membership now = current();
        String group = now.current().group();
        long generation = now.current().generation();
        State state = now.state();
        Member member = state.members().get(host.value());
        if (!group.equals(groupId)) {
            return now.current().hasRetired(groupId)
                    ? new Standing(
                            Standing.State.RETIRED, group, generation, 0, now.current().origin())
                    : new Standing(Standing.State.OTHER_GROUP, group, generation, 0, null);
        }
        if (member != null) {
            return new Standing(Standing.State.MEMBER, group, generation, member.link(), null);
        }
        Long out = state.out().get(host.value());
        long since = out == null ? state.revision() : out;
        return new Standing(Standing.State.OUT, group, generation, since, null);
    }

    @Override
    public void follow(Invitation invitation) throws IOException {
        Current next = Current.following(invitation);
        check(invitation);
        residence.move(
                now -> {
                    GroupView view = now.view();
                    if (!view.voter()) {
                        throw new RefusedException(
                                Refusal.ALREADY_FOLLOWER, "This host follows a leader already");
                    }
                    if (!view.alone() || view.voters().size() > 1) {
                        throw new RefusedException(
                                Refusal.HAS_FOLLOWERS, "Other hosts are linked to this one");
                    }
                    return passage(next);
                });
        LOG.info("This host follows group {} now", next.group());
    }

    private void check(Invitation invitation) {
        Set<HostId> members = new HashSet<>();
        for (Member member : invitation.members()) {
            Commits.check(member);
            members.add(member.id());
        }
        if (!members.contains(tools.self()) || !members.containsAll(invitation.voters())) {
            throw new IllegalArgumentException("an invitation without this host or a voter");
        }
        if (invitation.groupId().equals(current().current().group())) {
            throw new IllegalArgumentException("an invitation to this host's own group");
        }
    }

    @Override
    public void leave() throws IOException {
        residence.move(
                now -> {
                    if (now.votes()) {
                        throw new RefusedException(
                                Refusal.NOT_FOLLOWER, "This host follows nobody");
                    }
                    return passage(Current.founded(self));
                });
    }

    private static Optional<Passage> passage(Current next) {
        return Optional.of(new Passage(next, Membership.seed(next), Actor.SYSTEM));
    }

    @Override
    public Takeover takeOver(Actor actor) throws IOException {
        return takeovers.takeOver(actor);
    }

    @Override
    public void consider(Takeover takeover, HostId from) throws IOException {
        takeovers.consider(takeover, from);
    }

    @Override
    public void yieldTo(Takeover challenge) throws IOException {
        takeovers.yieldTo(challenge);
    }

    @Override
    public List<Aside> aside() {
        return takeovers.aside();
    }

    @Override
    public void dropAside(String id) throws IOException {
        takeovers.dropAside(id);
    }

    @Override
    public void wantVoters(Set<HostId> voters) throws IOException {
        State state = current().state();
        if (voters.isEmpty() || !voters.stream().allMatch(state::has)) {
            throw new IllegalArgumentException("voters must be members, and at least one");
        }
        residence.stay(
                now -> {
                    Commits.checkUnchallenged(now);
                    return commits.commit(
                            now, Commit.of(Actor.SYSTEM, tools.voters().want(voters)));
                });
    }

    @Override
    public Subscription watch(Runnable changed) {
        return watchers.add(changed);
    }

    /** Stops this host's part; all stays on the disk. */
    @Override
    public void close() throws IOException {
        upkeep.close();
        reconciler.close();
        watchers.close();
        residence.close();
    }
}

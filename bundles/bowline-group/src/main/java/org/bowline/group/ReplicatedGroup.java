package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.group.feed.FeedServer;
import org.bowline.group.raft.RaftConversation;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Json;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group, ordered by Raft among its voters and fed to everybody else. One {@link Membership} at
 * a time; {@link #follow} and {@link #leave} exchange it.
 */
public final class ReplicatedGroup implements Group, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedGroup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration OPENING = Duration.ofSeconds(3);
    private static final Duration TRUSTING = Duration.ofSeconds(2);

    private final Workshop tools;
    private final Member self;
    private final Wakes wakes = new Wakes();
    private final Watchers watchers = new Watchers(wakes);
    private final Trust trust;
    private final FeedServer feeds;
    private final Neighbours neighbours;
    private final Commits commits;
    private final Upkeep upkeep;
    private final Reconciler reconciler = new Reconciler(wakes, this::reconcile);

    /** Held while this host's part in its group changes: by a round, by follow or by leave. */
    private final Object moving = new Object();

    /** Commits share it; whoever goes to another group has it alone, so that none is lost. */
    private final ReentrantReadWriteLock committing = new ReentrantReadWriteLock();

    private volatile @Nullable Membership membership; // written under moving

    /** Wiring only; {@link #open} starts it. */
    public ReplicatedGroup(
            Peers peers, Trust trust, Identity identity, Host host, Presence presence) {
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
        this.commits = new Commits(tools, wakes);
        this.upkeep = new Upkeep(tools, host, commits);
    }

    /**
     * Reads which group this host belongs to and takes its place in it; founds one at the first
     * start. Waits for the disk, and at most 6 s for a majority: without one the group is there as
     * last known.
     *
     * @throws IOException if the disk fails or what it holds cannot be read
     */
    public void open() throws IOException {
        Optional<Current> known = tools.disk().read();
        Current current = known.orElseGet(() -> Current.founded(self));
        if (known.isEmpty()) {
            tools.disk().write(current);
        }
        if (current.voter() && !current.knows(tools.self())) {
            throw new IOException(
                    "group/current belongs to a host with another key: wipe the group directory");
        }
        tools.disk().keepOnly(current.group());
        Membership opened = Membership.open(tools, current);
        membership = opened;
        reconciler.start();
        watchers.start();
        if (known.isEmpty() && !leads(opened)) {
            return; // rounds go on founding it
        }
        wakes.await(opened::isReadable, OPENING);
    }

    /** Waits for the lead, and wakes the round: Ratis tells of a lead just before it has it. */
    private boolean leads(Membership founded) {
        boolean leads = wakes.await(founded::leads, OPENING);
        wakes.wake();
        return leads;
    }

    /** The first entry, if this is a new group of one. */
    private void found(Membership opened) throws IOException {
        if (opened.leads()
                && opened.state().revision() == 0
                && opened.voters().equals(Set.of(tools.self()))) {
            commits.commit(opened, upkeep.founding(self));
            LOG.info("This host is a group of one: {}", opened.current().group());
        }
    }

    private void reconcile() throws IOException {
        synchronized (moving) {
            Membership now = current();
            found(now);
            now.adjustRole();
            now.remember();
            neighbours.settle(now);
            upkeep.check(now);
        }
    }

    private Membership current() {
        return Objects.requireNonNull(membership, "the group is not open");
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
        committing.readLock().lock();
        try {
            return commits.commit(current(), commit);
        } finally {
            committing.readLock().unlock();
        }
    }

    @Override
    public Invitation invitation(HostId member) throws IOException {
        Membership now = current();
        if (!now.votes()) {
            throw Commits.useTheLeader(now.view());
        }
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
            return new Standing(Standing.State.OTHER_GROUP, group, generation, 0);
        }
        if (member != null) {
            return new Standing(Standing.State.MEMBER, group, generation, member.link());
        }
        Long out = state.out().get(host.value());
        long since = out == null ? state.revision() : out;
        return new Standing(Standing.State.OUT, group, generation, since);
    }

    @Override
    public void follow(Invitation invitation) throws IOException {
        Current next = Current.following(invitation);
        check(invitation);
        move(
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
                    return next;
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
        move(
                now -> {
                    if (now.votes()) {
                        throw new RefusedException(
                                Refusal.NOT_FOLLOWER, "This host follows nobody");
                    }
                    return Current.founded(self);
                });
    }

    /** Where to go from here, or why not. */
    private interface Destination {
        Current from(Membership now) throws IOException;
    }

    /**
     * Goes to another group. What decides at a start is {@code group/current}: until that is
     * written, all that was done before is undone.
     */
    private void move(Destination destination) throws IOException {
        committing.writeLock().lock();
        try {
            synchronized (moving) {
                Membership old = current();
                Current next = destination.from(old);
                Membership opened = null;
                try {
                    neighbours.trust(next.members(), 0);
                    Membership coming = Membership.open(tools, next);
                    opened = coming;
                    wakes.await(() -> coming.leads() || !coming.votes(), OPENING);
                    found(opened);
                    tools.disk().write(next);
                } catch (IOException | RuntimeException e) {
                    undo(opened, old, e);
                    throw e;
                }
                membership = opened;
                end(old);
                tools.disk().keepOnly(next.group());
                neighbours.settle(opened);
            }
        } finally {
            committing.writeLock().unlock();
            wakes.wake();
        }
    }

    private void undo(@Nullable Membership opened, Membership old, Exception cause) {
        try {
            if (opened != null) {
                opened.close();
            }
            neighbours.settle(old);
            tools.disk().keepOnly(old.current().group());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void end(Membership old) {
        try {
            old.close();
        } catch (IOException e) {
            LOG.warn("The group that was left did not end well; its files go all the same", e);
        }
    }

    @Override
    public void wantVoters(Set<HostId> voters) throws IOException {
        State state = current().state();
        if (voters.isEmpty() || !voters.stream().allMatch(state::has)) {
            throw new IllegalArgumentException("voters must be members, and at least one");
        }
        committing.readLock().lock();
        try {
            commits.commit(current(), Commit.of(Actor.SYSTEM, tools.voters().want(voters)));
        } finally {
            committing.readLock().unlock();
        }
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
        Membership now = membership;
        if (now != null) {
            now.close();
        }
    }
}

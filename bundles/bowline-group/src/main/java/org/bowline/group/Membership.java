package org.bowline.group;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.group.feed.FeedDisk;
import org.bowline.group.feed.FeedFollower;
import org.bowline.group.feed.FeedServer;
import org.bowline.group.raft.RaftVoter;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.Ordered;
import org.bowline.group.state.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host's place in one group, from the day it comes to the day it goes: as a voter with a Raft
 * division, as a follower with a feed, or on the way from the one to the other with both.
 */
final class Membership implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private static final long MENDING = Duration.ofSeconds(10).toNanos();

    private final Workshop tools;
    private final Ledger ledger;
    private volatile Current current;
    private volatile @Nullable RaftVoter voter;
    private volatile @Nullable FeedFollower follower;
    private volatile boolean disowned;
    private volatile long votingSince; // nanoTime

    private Membership(Workshop tools, Current current, State first) {
        this.tools = tools;
        this.current = current;
        this.ledger = new Ledger(first);
    }

    /**
     * Opens the group that {@code current} names, and starts this host's part in it.
     *
     * @param first what the group begins with, or is shown with until the state itself is read
     */
    static Membership open(Workshop tools, Current current, State first) throws IOException {
        Membership membership;
        if (current.voter()) {
            membership = new Membership(tools, current, first);
            membership.ledger.watch(tools.changed());
            membership.startVoter(current.voters(), first.revision() == 0 ? null : first);
        } else {
            FeedDisk disk = tools.feedDisk(current.group(), first);
            if (!isWanted(tools, disk.state())) {
                tools.disk().delete(tools.disk().raft(current.group())); // it was on its way in
            }
            membership = new Membership(tools, current, disk.state());
            membership.ledger.watch(tools.changed());
            membership.startFollower(disk);
        }
        return membership;
    }

    /** What is shown until the state itself is there; its revision is 0. */
    static State seed(Current current) {
        Ordered<Member> members = Ordered.empty();
        for (Member member : current.members()) {
            members = members.put(member.id().value(), member);
        }
        return new State(0, Ordered.empty(), members, Ordered.empty());
    }

    private void startVoter(Set<HostId> voters, @Nullable State first) throws IOException {
        RaftVoter started =
                new RaftVoter(
                        tools.voterSeat(current.group(), ledger),
                        this::mayVote,
                        tools.changed(),
                        this::disown);
        voter = started;
        votingSince = System.nanoTime();
        try {
            started.start(voters, first);
        } catch (IOException | RuntimeException e) {
            voter = null;
            started.close();
            throw e;
        }
    }

    private void startFollower(FeedDisk disk) {
        FeedFollower started =
                new FeedFollower(
                        new FeedFollower.Target(
                                tools.self(),
                                current.group(),
                                current.generation(),
                                current.link(),
                                tools.peers(),
                                this::voters),
                        tools.json(),
                        tools.entries(),
                        tools.snapshots(),
                        disk,
                        ledger,
                        tools.changed());
        follower = started;
        started.start();
    }

    Current current() {
        return current;
    }

    State state() {
        return ledger.state();
    }

    Ledger ledger() {
        return ledger;
    }

    /** The voter; null on a follower. */
    @Nullable RaftVoter voter() {
        return voter;
    }

    boolean votes() {
        return current.voter();
    }

    boolean leads() {
        RaftVoter now = voter;
        return now != null && now.leads();
    }

    Optional<HostId> leader() {
        FeedFollower feed = follower;
        if (!votes()) {
            return feed == null ? Optional.empty() : feed.source();
        }
        RaftVoter now = voter;
        return now == null ? Optional.empty() : now.leader();
    }

    /**
     * Those who decide: by Raft's configuration on a voter, else by the log, else as last known.
     */
    Set<HostId> voters() {
        RaftVoter now = voter;
        Set<HostId> configured = votes() && now != null ? now.voters() : Set.of();
        return configured.isEmpty()
                ? tools.voters().settled(state()).orElse(current.voters())
                : configured;
    }

    private boolean mayVote(HostId host) {
        State state = state();
        return state.has(host)
                && (tools.voters().wanted(state).orElse(Set.of()).contains(host)
                        || tools.voters().settled(state).orElse(current.voters()).contains(host));
    }

    /** Only who knows more than this host can tell it that it was removed meanwhile. */
    private void disown(long revision) {
        if (revision > state().revision()) {
            disowned = true;
            tools.changed().run();
        }
    }

    FeedState feedState() {
        FeedFollower feed = follower;
        return votes() || feed == null ? FeedState.NONE : feed.state();
    }

    GroupView view() {
        State state = state();
        return new GroupView(
                current.group(),
                current.generation(),
                tools.self(),
                votes(),
                leader(),
                voters(),
                state.memberList(),
                state.revision(),
                feedState(),
                leaderLost(),
                Optional.ofNullable(current.origin()),
                Optional.ofNullable(current.challenge()));
    }

    /** For how long a follower has found nobody that feeds it. */
    Optional<Duration> leaderLost() {
        FeedFollower feed = follower;
        return votes() || feed == null ? Optional.empty() : feed.lost();
    }

    /** This host's link number; 0 before its first entry. */
    long link() {
        Member self = state().members().get(tools.self().value());
        return self == null || !votes() ? current.link() : self.link();
    }

    /** Whether the first entry of this group is to come, from this host: none may be before it. */
    boolean isNew() {
        Takeover origin = current.origin();
        boolean seeded = origin != null && origin.by().equals(tools.self());
        return state().revision() == (seeded ? origin.parent().revision() : 0)
                && voters().equals(Set.of(tools.self()));
    }

    /** Keeps, as a voter, that another host has taken over this group. */
    void challengedBy(Takeover takeover) throws IOException {
        Current next = current.challengedBy(takeover);
        tools.disk().write(next);
        current = next;
    }

    FeedServer.Source source() {
        return new FeedServer.Source(
                current.group(),
                current.generation(),
                ledger,
                () -> votes() && leader().isPresent() && !ledger.isClosed(),
                this::voters);
    }

    /** Keeps what is known now for the next start, and as what this host takes part. */
    void remember() throws IOException {
        State state = state();
        Current next = current.knowing(voters(), link(), state.memberList(), origin(state));
        if (state.revision() == 0) {
            return;
        }
        if (isChallengerOut(state)) {
            LOG.warn("Who took over is no member any more: changes are accepted again");
            next = next.challengedBy(null);
        }
        if (!next.equals(current)) {
            tools.disk().write(next);
        }
        current = next; // also if it says the same: then its lists are the state's own
    }

    private boolean isChallengerOut(State state) {
        Takeover challenge = current.challenge();
        return challenge != null && leads() && isReadable() && !state.has(challenge.by());
    }

    private @Nullable Takeover origin(State state) {
        Takeover known = current.origin();
        return known != null
                ? known
                : tools.voters()
                        .origin(state)
                        .filter(origin -> origin.group().equals(current.group()))
                        .orElse(null);
    }

    private static boolean isWanted(Workshop tools, State state) {
        return state.has(tools.self())
                && tools.voters().wanted(state).orElse(Set.of()).contains(tools.self());
    }

    /** Moves this host's role towards what the group wants and Raft has settled. */
    void adjustRole() throws IOException {
        boolean isWanted = isWanted(tools, state());
        RaftVoter now = voter;
        if (now == null) {
            if (votes()) {
                startVoter(current.voters(), null);
            } else if (isWanted) {
                LOG.info("The group wants this host as a voter");
                startVoter(Set.of(), null);
            }
        } else if (votes()) {
            if (isOut(now, isWanted)) {
                stepDown();
            } else if (now.broken() && System.nanoTime() - votingSince > MENDING) {
                LOG.warn("The voter of this host is started again");
                endVoter(now);
            }
        } else if (isIn(now)) {
            stepUp(now);
        } else if (now.broken() || !isWanted && !now.voters().contains(tools.self())) {
            endVoter(now);
            tools.disk().delete(tools.disk().raft(current.group()));
        }
    }

    private void endVoter(RaftVoter now) throws IOException {
        voter = null;
        now.close();
        tools.changed().run();
    }

    private boolean isIn(RaftVoter now) {
        return now.voters().contains(tools.self())
                && now.leader().isPresent()
                && now.state().revision() >= state().revision();
    }

    /**
     * Removed, as it saw itself or as other voters say, and left alone by the leader: as long as
     * that still asks, the removal may not be settled.
     */
    private boolean isOut(RaftVoter now, boolean isWanted) {
        Set<HostId> configured = now.voters();
        boolean removed = !configured.isEmpty() && !configured.contains(tools.self());
        boolean silent = now.broken() || now.leader().isEmpty();
        return silent && (disowned || removed && (!isWanted || now.broken()));
    }

    private void stepUp(RaftVoter now) throws IOException {
        Current next = current.as(true, now.voters());
        tools.disk().write(next);
        current = next;
        FeedFollower feed = follower;
        follower = null;
        if (feed != null) {
            feed.close();
        }
        tools.disk().delete(tools.disk().feed(current.group()));
        LOG.info("This host is a voter now");
    }

    private void stepDown() throws IOException {
        RaftVoter now = voter;
        Set<HostId> others = new HashSet<>(voters());
        others.remove(tools.self());
        Member self = state().members().get(tools.self().value());
        FeedDisk disk = tools.feedDisk(current.group(), state());
        disk.replace(state());
        Current next =
                current.as(false, others)
                        .knowing(
                                others,
                                self == null ? current.link() : self.link(),
                                state().memberList(),
                                current.origin());
        tools.disk().write(next);
        current = next;
        disowned = false;
        if (now != null) {
            endVoter(now);
        }
        tools.disk().delete(tools.disk().raft(current.group()));
        startFollower(disk);
        LOG.info("This host is no voter any more and follows the feed");
    }

    /** Whether all that was committed is applied here, as far as this host can know. */
    boolean isReadable() {
        RaftVoter now = voter;
        return !votes() || now != null && now.caughtUp() && state().revision() > 0;
    }

    @Override
    public void close() throws IOException {
        FeedFollower feed = follower;
        RaftVoter now = voter;
        try (Closeable ending = feed == null ? () -> {} : feed;
                Closeable stopping = now == null ? () -> {} : now) {
            ledger.close();
        }
    }
}

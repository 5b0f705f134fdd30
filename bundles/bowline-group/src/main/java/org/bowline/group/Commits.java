package org.bowline.group;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.OptionalLong;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.group.raft.RaftCommit;
import org.bowline.group.raft.RaftVoter;
import org.bowline.group.state.EntryBody;

/** Brings entries into the log, whichever voter leads, and waits until they are applied here. */
final class Commits {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Workshop tools;
    private final Wakes wakes;

    Commits(Workshop tools, Wakes wakes) {
        this.tools = tools;
        this.wakes = wakes;
    }

    /** Whether a room may ask for that. */
    static void check(Change change) {
        if (change instanceof Change.Put put && put.slice().equals(Voters.SLICE)
                || change instanceof Change.Remove remove && remove.slice().equals(Voters.SLICE)) {
            throw new IllegalArgumentException("the group alone writes slice " + Voters.SLICE);
        }
        if (change instanceof Change.Admit admit) {
            check(admit.member());
        }
    }

    /** Whether that member's key is its own. */
    static void check(Member member) {
        byte[] key = Base64.getDecoder().decode(member.key());
        if (!HostId.of(key).equals(member.id())) {
            throw new IllegalArgumentException("the key of " + member.id() + " is not its own");
        }
    }

    /** Commits to that group, also to its own slice; as {@link ReplicatedGroup#commit}. */
    long commit(Membership to, Commit commit) throws IOException {
        RaftVoter voter = to.voter();
        if (!to.votes()) {
            throw useTheLeader(to.view());
        }
        if (voter == null) {
            throw noQuorum(); // it is being started again
        }
        EntryBody entry =
                new EntryBody(
                        commit.actor(),
                        tools.self(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        commit.changes(),
                        commit.preconditions());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long revision = settled(voter.commit(tools.entries().write(entry)), to, deadline);
        if (revision == 0) {
            throw new RefusedException(
                    Refusal.STALE_REVISION, "What this change builds on is not so any more");
        }
        if (!wakes.await(() -> to.state().revision() >= revision, left(deadline))) {
            throw noQuorum();
        }
        return revision;
    }

    private long settled(RaftCommit commit, Membership to, long deadline) throws IOException {
        while (!left(deadline).isZero()) {
            OptionalLong revision = commit.attempt(left(deadline));
            if (revision.isPresent()) {
                return revision.getAsLong();
            }
            if (to.ledger().isClosed() || Thread.currentThread().isInterrupted()) {
                break;
            }
            wakes.pause(left(deadline));
        }
        throw noQuorum();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /**
     * Whether that does nothing but take out who challenges this host, and what is kept of it: who
     * cannot be trusted must not be able to keep itself in.
     */
    static boolean takesOutChallenger(Membership now, Commit commit) {
        Takeover challenge = now.current().challenge();
        if (challenge == null) {
            return false;
        }
        boolean expels = false;
        for (Change change : commit.changes()) {
            if (change instanceof Change.Expel expel && expel.host().equals(challenge.by())) {
                expels = true;
            } else if (!(change instanceof Change.Remove remove
                    && remove.key().endsWith("/" + challenge.by().value()))) {
                return false;
            }
        }
        return expels;
    }

    /** Whether this host may change something at all. */
    static void checkUnchallenged(Membership now) throws RefusedException {
        Takeover challenge = now.current().challenge();
        if (challenge == null) {
            return;
        }
        String by =
                now.view()
                        .member(challenge.by())
                        .map(member -> member.facts().name())
                        .orElse(challenge.by().value());
        throw new RefusedException(
                Refusal.SUPERSEDED,
                by + " has taken over this group, in generation " + challenge.generation());
    }

    private static RefusedException noQuorum() {
        return new RefusedException(
                Refusal.NO_QUORUM,
                "No majority of the control plane answers; the change may still come true");
    }

    static RefusedException useTheLeader(GroupView view) {
        String address =
                view.leader()
                        .or(() -> view.voters().stream().sorted().findFirst())
                        .flatMap(view::member)
                        .flatMap(member -> member.facts().endpoints().stream().findFirst())
                        .map(Endpoint::ip)
                        .map(ip -> "use the leader " + ip)
                        .orElse("this host follows a leader that it has not found yet");
        return new RefusedException(Refusal.USE_THE_LEADER, address);
    }
}

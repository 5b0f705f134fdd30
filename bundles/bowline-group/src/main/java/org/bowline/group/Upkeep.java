package org.bowline.group;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.HostId;
import org.bowline.group.raft.RaftVoter;
import org.bowline.group.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the leader does for the group unasked: it brings the voters, one by one, to those that are
 * wanted. Each step may wait for a majority, so it goes on a thread of its own, {@code
 * bowline-upkeep}, which is there only while it is needed.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long IDLE_THREAD_SECONDS = 2;

    private final HostId self;
    private final Voters voters;
    private final Commits commits;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    IDLE_THREAD_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    work -> {
                        Thread made = new Thread(work, "bowline-upkeep");
                        made.setDaemon(true);
                        return made;
                    });
    private volatile boolean busy;
    private volatile long notBefore = System.nanoTime();
    private int turn; // the upkeep's thread alone

    Upkeep(Workshop tools, Commits commits) {
        this.self = tools.self();
        this.voters = tools.voters();
        this.commits = commits;
        thread.allowCoreThreadTimeOut(true);
    }

    /** The first entry of a new group: it admits this host and names it as the voter. */
    Commit founding(Member first) {
        return new Commit(
                List.of(new Change.Admit(first), voters.settle(Set.of(self))),
                List.of(new Precondition(Precondition.MEMBERS, self.value(), Precondition.ABSENT)),
                Actor.SYSTEM);
    }

    /** Begins what is to be done, unless it is being done or failed a moment ago. */
    void check(Membership membership) {
        if (busy || System.nanoTime() - notBefore < 0 || !isDue(membership)) {
            return;
        }
        busy = true;
        thread.execute(
                () -> {
                    try {
                        work(membership);
                    } catch (IOException | RuntimeException e) {
                        LOG.debug("Tried again in a second", e);
                        notBefore = System.nanoTime() + PAUSE;
                    } finally {
                        busy = false;
                    }
                });
    }

    private boolean isDue(Membership membership) {
        return membership.current().challenge() == null
                && !membership.isNew() // as which it is founded first, whoever sees the lead first
                && membership.leads()
                && (unsettled(membership) || !arrived(membership));
    }

    private void work(Membership membership) throws IOException {
        while (membership.leads()) {
            if (unsettled(membership)) {
                Change settle = voters.settle(membership.voters());
                commits.commit(membership, Commit.of(Actor.SYSTEM, settle));
            }
            if (arrived(membership)) {
                return;
            }
            step(membership);
        }
    }

    private boolean unsettled(Membership membership) {
        return !voters.settled(membership.state()).equals(Optional.of(membership.voters()));
    }

    private boolean arrived(Membership membership) {
        return wanted(membership).equals(membership.voters());
    }

    /** Members alone can vote; as long as none is wanted, all stays as it is. */
    private Set<HostId> wanted(Membership membership) {
        State state = membership.state();
        Set<HostId> wanted = new TreeSet<>(voters.wanted(state).orElse(Set.of()));
        wanted.removeIf(id -> !state.has(id));
        return wanted.isEmpty() ? membership.voters() : wanted;
    }

    /** Adds one, else removes one, else hands the lead to one that stays. */
    private void step(Membership membership) throws IOException {
        RaftVoter raft = membership.voter();
        if (raft == null) {
            return;
        }
        Set<HostId> now = membership.voters();
        Set<HostId> wanted = wanted(membership);
        List<HostId> joiners = wanted.stream().filter(id -> !now.contains(id)).toList();
        Optional<HostId> leaver =
                now.stream().filter(id -> !wanted.contains(id) && !id.equals(self)).findFirst();
        if (!joiners.isEmpty()) {
            HostId joiner = joiners.get(turn++ % joiners.size()); // one that is away blocks nobody
            Set<HostId> next = new HashSet<>(now);
            next.add(joiner);
            raft.setVoters(next);
            LOG.info("{} is a voter now", joiner);
        } else if (leaver.isPresent()) {
            Set<HostId> next = new HashSet<>(now);
            next.remove(leaver.get());
            raft.setVoters(next);
            LOG.info("{} is no voter any more", leaver.get());
        } else {
            HostId next = wanted.iterator().next();
            raft.transfer(next);
            LOG.info("{} leads now, since this host is to be no voter any more", next);
        }
    }

    /** Ends the thread; what it waits for fails. */
    void close() {
        thread.shutdownNow();
    }
}

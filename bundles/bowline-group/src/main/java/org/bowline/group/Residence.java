package org.bowline.group;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.bowline.api.Actor;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.group.state.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one {@link Membership} that this host has at a time, and how it exchanges it for another. */
final class Residence {
    /**
     * A way to another group.
     *
     * @param first what is known of the next group before it says anything
     * @param actor who wants it
     */
    record Passage(Current next, State first, Actor actor) {}

    /** Where to go from here, or why not; to stay is no error. */
    interface Destination {
        Optional<Passage> from(Membership now) throws IOException;
    }

    /** What is done while this host stays where it is. */
    interface Stay<T> {
        T with(Membership now) throws IOException;
    }

    /** What is done in each round. */
    interface Round {
        void run(Membership now) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Residence.class);
    private static final Duration OPENING = Duration.ofSeconds(3);
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Workshop tools;
    private final Member self;
    private final Wakes wakes;
    private final Neighbours neighbours;
    private final Commits commits;
    private final Upkeep upkeep;
    private final Consumer<String> steps;
    private final Departures departures = new Departures(ENDING);

    /** Held while this host's part in its group changes: by a round or by a move. */
    private final Object moving = new Object();

    /** Commits share it; whoever goes to another group has it alone, so that none is lost. */
    private final ReentrantReadWriteLock committing = new ReentrantReadWriteLock();

    private volatile @Nullable Membership membership; // written under moving

    /**
     * @param steps told what a move has done so far
     */
    Residence(
            Workshop tools,
            Member self,
            Wakes wakes,
            Neighbours neighbours,
            Commits commits,
            Upkeep upkeep,
            Consumer<String> steps) {
        this.tools = tools;
        this.self = self;
        this.wakes = wakes;
        this.neighbours = neighbours;
        this.commits = commits;
        this.upkeep = upkeep;
        this.steps = steps;
    }

    /**
     * Takes this host's place in the group that the disk names; founds one at the first start.
     *
     * @param started called once there is a membership; rounds go on from then
     */
    void open(Runnable started) throws IOException {
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
        Membership opened = Membership.open(tools, current, Membership.seed(current));
        membership = opened;
        started.run();
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

    Membership current() {
        return Objects.requireNonNull(membership, "the group is not open");
    }

    /** Does that while this host stays where it is; others may do so too. */
    <T> T stay(Stay<T> work) throws IOException {
        committing.readLock().lock();
        try {
            return work.with(current());
        } finally {
            committing.readLock().unlock();
        }
    }

    /** One round: whatever is founded already, and no move goes on meanwhile. */
    void round(Round round) throws IOException {
        synchronized (moving) {
            Membership now = current();
            found(now, Actor.SYSTEM);
            round.run(now);
        }
    }

    /** The first entry, if this is a new group of this host. */
    private void found(Membership opened, Actor actor) throws IOException {
        if (!opened.isNew() || !opened.leads()) {
            return;
        }
        Takeover origin = opened.current().origin();
        if (origin == null) {
            commits.commit(opened, upkeep.founding(self));
            LOG.info("This host is a group of one: {}", opened.current().group());
        } else {
            commits.commit(opened, new Commit(tools.voters().succeed(origin), List.of(), actor));
        }
    }

    /**
     * Goes to another group. What decides at a start is {@code group/current}: until that is
     * written, all that was done before is undone. What this host leaves ends afterwards; the next
     * move waits for that, since it may lead back to the same group and its files.
     *
     * @return whether it went
     */
    boolean move(Destination destination) throws IOException {
        committing.writeLock().lock();
        try {
            departures.await(); // not under moving, which it needs itself
            synchronized (moving) {
                Membership old = current();
                Optional<Passage> passage = destination.from(old);
                if (passage.isPresent()) {
                    Membership next = enter(passage.get(), old);
                    membership = next;
                    old.ledger().close(); // nothing of it is read or fed from now on
                    departures.begin(old, this::forget);
                    neighbours.settle(next);
                }
                return passage.isPresent();
            }
        } finally {
            committing.writeLock().unlock();
            wakes.wake();
        }
    }

    private Membership enter(Passage passage, Membership old) throws IOException {
        Membership opened = null;
        try {
            steps.accept("decided");
            neighbours.trust(passage.next().members(), 0);
            Membership coming = Membership.open(tools, passage.next(), passage.first());
            opened = coming;
            steps.accept("opened");
            wakes.await(() -> coming.leads() || !coming.votes(), OPENING);
            found(opened, passage.actor());
            steps.accept("founded");
            tools.disk().write(passage.next());
            steps.accept("written");
            return opened;
        } catch (IOException | RuntimeException e) {
            undo(opened, old, e);
            throw e;
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

    /** Deletes what belongs to groups that this host left. */
    private void forget() {
        synchronized (moving) {
            steps.accept("ended");
            tools.disk().keepOnly(current().current().group());
            steps.accept("kept only");
        }
    }

    /** Stops this host's part; all stays on the disk. */
    void close() throws IOException {
        Membership now = membership;
        try (departures) {
            if (now != null) {
                now.close();
            }
        }
    }
}

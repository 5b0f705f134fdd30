package org.bowline.group;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.group.Residence.Passage;
import org.bowline.group.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this host takes its group over, or goes with who did; what it alone held is set aside. May it
 * do so, {@link Succession} says.
 */
final class Takeovers {
    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);

    private final HostId self;
    private final AsideDisk asides;
    private final Succession succession;
    private final Residence residence;

    Takeovers(Identity identity, AsideDisk asides, Succession succession, Residence residence) {
        this.self = identity.id();
        this.asides = asides;
        this.succession = succession;
        this.residence = residence;
    }

    /** As {@link org.bowline.api.group.Group#takeOver}. */
    Takeover takeOver(Actor actor) throws IOException {
        Takeover[] made = new Takeover[1];
        residence.move(
                now -> {
                    State state = now.state();
                    Takeover takeover = succession.takeOver(now, state);
                    asides.drop(now.current().group()); // nothing of it is lost
                    made[0] = takeover;
                    return Optional.of(new Passage(next(now, state, takeover), state, actor));
                });
        LOG.info(
                "This host has taken over: it leads group {} in generation {}",
                made[0].group(),
                made[0].generation());
        return made[0];
    }

    private Current next(Membership now, State state, Takeover takeover) {
        return now.current().succeededBy(takeover, now.link(), state.memberList(), self);
    }

    /** As {@link org.bowline.api.group.Group#consider}. */
    void consider(Takeover takeover, HostId from) throws IOException {
        Membership before = residence.current();
        if (isKnown(before, takeover)) {
            return;
        }
        succession.check(before, takeover); // what is not believed holds up no commit
        boolean follows =
                residence.move(
                        now -> {
                            if (isKnown(now, takeover)) {
                                return Optional.empty();
                            }
                            succession.check(now, takeover);
                            if (!now.votes()) {
                                succession.checkMayFollow(now, takeover, from);
                                return behind(now, takeover);
                            }
                            succession.checkMayChallenge(now, takeover);
                            now.challengedBy(takeover);
                            LOG.warn("{} has taken over: changes are refused here", takeover.by());
                            return Optional.empty();
                        });
        if (follows) {
            follows(takeover);
        }
    }

    private static void follows(Takeover takeover) {
        LOG.info(
                "This host follows group {} in generation {}",
                takeover.group(),
                takeover.generation());
    }

    /** Whether it is followed already, or the challenge, or below the one. */
    private static boolean isKnown(Membership now, Takeover takeover) {
        Takeover challenge = now.current().challenge();
        return takeover.group().equals(now.current().group())
                || challenge != null && Takeover.RANK.compare(takeover, challenge) <= 0;
    }

    /** The way to who took over. What this host alone holds is on the disk before it goes. */
    private Optional<Passage> behind(Membership now, Takeover takeover) throws IOException {
        State state = now.state();
        long kept = Succession.fork(now.current(), takeover).orElse(0);
        asides.keep(now.current(), state, kept, takeover);
        return Optional.of(
                new Passage(next(now, state, takeover), shown(state, kept), Actor.SYSTEM));
    }

    /**
     * What the feed goes on from. What was kept is the same on every host, so who has no more than
     * that needs but what is new; who has more gets all from the new leader, and shows until then
     * what it had.
     */
    private static State shown(State state, long kept) {
        return new State(
                state.revision() <= kept ? state.revision() : 0,
                state.slices().remove(Voters.SLICE), // others vote now
                state.members(),
                state.out());
    }

    /** As {@link org.bowline.api.group.Group#yieldTo}. */
    void yieldTo(Takeover challenge) throws IOException {
        residence.move(
                now -> {
                    Takeover noted = now.current().challenge();
                    if (!now.votes() || noted == null || !noted.group().equals(challenge.group())) {
                        throw new RefusedException(
                                Refusal.NOT_CHALLENGED,
                                "Group " + challenge.group() + " does not challenge this host");
                    }
                    succession.checkHasPlace(now, noted);
                    return behind(now, noted);
                });
        follows(challenge);
    }

    /** What was set aside; not what is still in force, as when a move was broken off. */
    List<Aside> aside() {
        String present = residence.current().current().group();
        return asides.all().stream().filter(aside -> !aside.group().equals(present)).toList();
    }

    void dropAside(String id) throws IOException {
        asides.drop(id);
    }
}

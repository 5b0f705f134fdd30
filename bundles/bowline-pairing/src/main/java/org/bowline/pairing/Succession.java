package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a takeover becomes known: who took over shows it to every member that does not follow yet;
 * the leader of before asks its members whom they follow, and follows too once most of them do. Its
 * rounds wait for other hosts; the rest does not.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(2);

    private final Ground ground;
    private final Leaving leaving;
    private final Islands islands;
    private final Runnable changed;
    private final Map<HostId, Backoff> shown = new HashMap<>(); // used by the rounds alone
    private volatile int following;

    /**
     * @param changed called when {@link #following} changed; must not block
     */
    Succession(Ground ground, Leaving leaving, Islands islands, Runnable changed) {
        this.ground = ground;
        this.leaving = leaving;
        this.islands = islands;
        this.changed = changed;
    }

    /** How many members follow who challenges this host, as they said a moment ago. */
    int following() {
        return following;
    }

    /** One round; answers the time until the next is due. */
    Duration round() {
        GroupView view = ground.group().view();
        if (view.challenge().isPresent()) {
            shown.clear();
            return count(view, view.challenge().get());
        }
        following(0);
        if (view.origin().isPresent() && view.voter()) {
            return show(view, view.origin().get());
        }
        shown.clear();
        return Rounds.IDLE;
    }

    /** Shows the takeover to those who do not follow yet; whom presence reaches comes first. */
    private Duration show(GroupView view, Takeover takeover) {
        List<Member> others =
                view.members().stream()
                        .filter(member -> !member.id().equals(view.self()))
                        .filter(member -> !islands.follows(member.id(), view.id()))
                        .sorted(Comparator.comparing(member -> !islands.reachable(member.id())))
                        .toList();
        shown.keySet().retainAll(others.stream().map(Member::id).toList());
        Duration next = Rounds.IDLE;
        for (Member member : others) {
            Backoff backoff =
                    shown.computeIfAbsent(
                            member.id(),
                            host -> new Backoff(ground.nanos(), FIRST_PAUSE, LONGEST_PAUSE));
            if (backoff.left().isZero()) {
                show(member.id(), takeover);
                backoff.failed(); // until its presence says that it follows
            }
            next = backoff.left().compareTo(next) < 0 ? backoff.left() : next;
        }
        return next;
    }

    private void show(HostId host, Takeover takeover) {
        try {
            Errand.toMember(ground, host)
                    .ask("takeover", new Words.Shown(takeover), "done", Words.Done.class);
        } catch (IOException e) {
            LOG.debug("{} does not follow the takeover yet", host, e);
        }
    }

    private Duration count(GroupView view, Takeover challenge) {
        List<Member> others =
                view.members().stream().filter(member -> !member.id().equals(view.self())).toList();
        int count = 0;
        for (Member member : others) {
            count += follows(member.id(), view.id(), challenge.group()) ? 1 : 0;
            if (count * 2 > others.size()) {
                yieldTo(challenge, Actor.SYSTEM, count + " of " + others.size() + " follow it");
                return COUNT_AGAIN;
            }
        }
        following(count);
        return COUNT_AGAIN;
    }

    private boolean follows(HostId host, String group, String successor) {
        try {
            return Errand.toMember(ground, host)
                    .ask("standing", new Words.Ask(group), "stands", Standing.class)
                    .groupId()
                    .equals(successor);
        } catch (IOException e) {
            LOG.debug("{} does not say whom it follows", host, e);
            return false;
        }
    }

    private void following(int now) {
        if (following != now) {
            following = now;
            changed.run();
        }
    }

    private void yieldTo(Takeover challenge, Actor actor, String why) {
        try {
            follow(challenge, actor, why);
        } catch (IOException e) {
            LOG.warn("This host cannot follow {} now and tries again", challenge.by(), e);
        }
    }

    /** On a challenged leader: follows who took over. */
    void follow(Takeover challenge, Actor actor, String why) throws IOException {
        String detail = "It follows in generation " + challenge.generation() + ": " + why;
        ground.records()
                .during(
                        actor,
                        "leader.yield",
                        challenge.by().value(),
                        detail,
                        () -> {
                            ground.group().yieldTo(challenge);
                            return true;
                        });
        LOG.info("This host leads no more and follows {}: {}", challenge.by(), why);
    }

    /** Another host shows a takeover. */
    void consider(Takeover takeover, HostId from) throws IOException {
        Group group = ground.group();
        GroupView before = group.view();
        try {
            group.consider(takeover, from);
        } catch (RefusedException e) {
            if (e.refusal() != Refusal.LEADER_REACHABLE) { // which may hold in a moment
                ground.records()
                        .ended(Records.actor(from), "group.follow", takeover.by().value(), e);
            }
            if (e.refusal() == Refusal.HOST_UNKNOWN && isLost(before, from)) {
                leaving.leaveAsOut(before);
            }
            throw e;
        }
        GroupView after = group.view();
        String generation = "generation " + takeover.generation() + " of group " + before.id();
        if (!after.id().equals(before.id())) {
            LOG.info("This host follows {} now: {}", takeover.by(), generation);
            ground.records()
                    .done(
                            Records.actor(from),
                            "group.follow",
                            takeover.by().value(),
                            "It follows in " + generation);
        } else if (!after.challenge().equals(before.challenge())) {
            LOG.warn("{} has taken over; this host accepts no changes", takeover.by());
            ground.records()
                    .done(
                            Records.actor(from),
                            "leader.challenged",
                            takeover.by().value(),
                            "Taken over as " + generation);
        }
    }

    private static boolean isLost(GroupView view, HostId from) {
        Optional<Duration> lost = view.leaderLost();
        return !view.voter()
                && (view.voters().contains(from)
                        || lost.filter(since -> since.compareTo(Group.LOST) >= 0).isPresent());
    }
}

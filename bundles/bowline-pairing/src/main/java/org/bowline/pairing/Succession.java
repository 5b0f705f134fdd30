package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
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
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);
    private static final Duration COUNT_AGAIN = Duration.ofSeconds(2);
    private static final int MOST_REFUSALS = 1000;
    private static final Duration SAID_HOLDS = Duration.ofMinutes(1);

    /** So long a round may ask other hosts, for the rest of its thread's work waits. */
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final Ground ground;
    private final Leaving leaving;
    private final Runnable changed;
    private final Map<HostId, Backoff> shown = new HashMap<>(); // used by the rounds alone
    private final Map<HostId, Long> said = new HashMap<>(); // who follows the challenger, likewise
    private final Set<String> led = new HashSet<>(); // groups that somebody followed here, likewise
    private long countedAt; // likewise
    private final Set<String> refusals = ConcurrentHashMap.newKeySet(); // what was recorded
    private volatile int following;

    /**
     * @param changed called when {@link #following} changed; must not block
     */
    Succession(Ground ground, Leaving leaving, Runnable changed) {
        this.ground = ground;
        this.leaving = leaving;
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
        said.clear();
        Islands islands = ground.islands();
        List<HostId> others = others(view, islands);
        if (view.voter() && others.stream().anyMatch(host -> islands.follows(host, view.id()))) {
            led.add(view.id());
        }
        if (view.origin().isPresent() && view.voter()) {
            List<HostId> missing =
                    others.stream().filter(host -> !islands.follows(host, view.id())).toList();
            return show(missing, view.origin().get());
        }
        shown.clear();
        return Rounds.IDLE;
    }

    /** Shows the takeover to those who do not follow yet; whom presence reaches comes first. */
    private Duration show(List<HostId> others, Takeover takeover) {
        shown.keySet().retainAll(others);
        long end = ground.nanos().getAsLong() + BUDGET.toNanos();
        Duration next = others.isEmpty() ? Rounds.IDLE : FIRST_PAUSE;
        for (HostId host : others) {
            Backoff backoff =
                    shown.computeIfAbsent(
                            host, key -> new Backoff(ground.nanos(), FIRST_PAUSE, LONGEST_PAUSE));
            if (backoff.left().isZero() && ground.nanos().getAsLong() < end) {
                show(host, takeover, backoff);
            }
            next = Rounds.sooner(backoff.left(), next);
        }
        return next;
    }

    /** Until its presence says that it follows; who refuses for good is left alone for a while. */
    private void show(HostId host, Takeover takeover, Backoff backoff) {
        backoff.failed();
        try {
            Errand.toMember(ground, host)
                    .ask("takeover", new Words.Shown(takeover), "done", Words.Done.class);
        } catch (RefusedException e) {
            LOG.debug("{} does not follow the takeover: {}", host, e.detail());
            if (e.refusal() != Refusal.LEADER_REACHABLE) {
                backoff.rest(REFUSED_PAUSE);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be shown the takeover", host, e);
        }
    }

    /** All other members, those whom presence reaches first, the rest in turns. */
    private static List<HostId> others(GroupView view, Islands islands) {
        List<HostId> others = new ArrayList<>();
        view.members().forEach(member -> others.add(member.id()));
        others.remove(view.self());
        Collections.shuffle(others);
        others.sort(Comparator.comparing(host -> !islands.reachable(host)));
        return others;
    }

    private Duration count(GroupView view, Takeover challenge) {
        long now = ground.nanos().getAsLong();
        if (now - countedAt < COUNT_AGAIN.toNanos() && countedAt != 0) {
            return COUNT_AGAIN;
        }
        countedAt = now;
        List<HostId> others = others(view, ground.islands());
        said.values().removeIf(at -> now - at > SAID_HOLDS.toNanos());
        for (HostId host : others) {
            if (ground.nanos().getAsLong() - now < BUDGET.toNanos()
                    && follows(host, view.id(), challenge.group())) {
                said.put(host, now);
            }
            if (isMost(view, challenge, others)) {
                yieldTo(
                        challenge,
                        Actor.SYSTEM,
                        said.size() + " of " + others.size() + " members follow it");
                return COUNT_AGAIN;
            }
        }
        following(said.size());
        return COUNT_AGAIN;
    }

    /**
     * Most members, and not on the word of the challenger alone: with nobody else to ask, only a
     * leader that was away itself yields without its operator.
     */
    private boolean isMost(GroupView view, Takeover challenge, List<HostId> others) {
        said.keySet().retainAll(others);
        boolean wasAway = others.size() == 1 && !led.contains(view.id());
        boolean somebodyElse =
                said.keySet().stream().anyMatch(host -> !host.equals(challenge.by()));
        return said.size() * 2 > others.size() && (somebodyElse || wasAway);
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
            boolean member = before.member(from).isPresent();
            boolean later = e.refusal() == Refusal.LEADER_REACHABLE; // it may do in a moment
            if (refusals.size() > MOST_REFUSALS) {
                refusals.clear();
            }
            if (member && !later && refusals.add(from + " " + takeover.group())) {
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

package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this host leaves a group that it follows: because someone here wants it to, or because it
 * learns that it was taken out. A goodbye is on the disk before anyone is told, so that a crash in
 * between does not undo it.
 */
final class Leaving {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /** How long one attempt to tell the leaders may take, all of their endpoints together. */
    private static final Duration TELLING = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Ground ground;
    private final Goodbyes goodbyes;
    private final Map<Goodbye, Backoff> offers = new HashMap<>(); // used by the rounds alone
    private final Backoff asking; // used by the rounds alone
    private boolean troubled; // used by the rounds alone

    /** Held while this host leaves: by wish and by standing must not cross. */
    private final Object leaving = new Object();

    Leaving(Ground ground, Goodbyes goodbyes) {
        this.ground = ground;
        this.goodbyes = goodbyes;
        this.asking = new Backoff(ground.nanos(), FIRST_PAUSE, LONGEST_PAUSE);
    }

    /**
     * Unlinks this host.
     *
     * @throws RefusedException if it follows nobody, or if a leader says that it may not go now
     */
    void unlink(Actor actor) throws IOException {
        GroupView view = ground.group().view();
        if (view.voter()) {
            throw new RefusedException(
                    Refusal.NOT_FOLLOWER, ground.host().facts().name() + " follows nobody");
        }
        LOG.info("This host leaves group {}, by {}", view.id(), actor.name());
        leave(Goodbye.to(view));
    }

    /**
     * Leaves, or stays away if this host was admitted only; sees to it that the leaders learn of it
     * now or later.
     */
    void leave(Goodbye goodbye) throws IOException {
        synchronized (leaving) {
            goodbyes.add(goodbye);
            boolean told;
            try {
                told = tell(goodbye);
            } catch (RefusedException e) {
                goodbyes.remove(goodbye);
                throw e;
            }
            if (goodbye.means(ground.group().view())) {
                ground.group().leave();
            }
            if (told) {
                goodbyes.remove(goodbye);
            } else {
                LOG.warn(
                        "No leader of group {} answered; it is told when one does",
                        goodbye.group());
            }
        }
    }

    /** One round; answers the time until the next is due. */
    Duration round() {
        Duration next = standing();
        List<Goodbye> open = goodbyes.open();
        offers.keySet().retainAll(open);
        for (Goodbye goodbye : open) {
            Duration left = offer(goodbye);
            next = left.compareTo(next) < 0 ? left : next;
        }
        return next;
    }

    private Duration offer(Goodbye goodbye) {
        Backoff backoff =
                offers.computeIfAbsent(
                        goodbye, key -> new Backoff(ground.nanos(), FIRST_PAUSE, LONGEST_PAUSE));
        if (!backoff.left().isZero()) {
            return backoff.left();
        }
        try {
            if (goodbye.means(ground.group().view())) {
                leave(goodbye); // the agent was stopped while it left
            } else if (tell(goodbye)) {
                goodbyes.remove(goodbye);
                LOG.info("Group {} knows now that this host has left", goodbye.group());
                return Rounds.IDLE;
            }
        } catch (IOException e) {
            LOG.debug("Goodbye to group {} not taken", goodbye.group(), e);
        }
        return backoff.failed();
    }

    /**
     * Tells those who decide in that group, one after the other, until one acknowledges.
     *
     * @return whether nobody is left who must learn of it
     * @throws RefusedException if this host may not go
     */
    private boolean tell(Goodbye goodbye) throws RefusedException {
        Words.Member leave = new Words.Member(goodbye.group(), goodbye.link());
        long end = ground.nanos().getAsLong() + TELLING.toNanos();
        int strangers = 0;
        for (Goodbye.Target host : goodbye.hosts()) {
            try {
                Duration left = Duration.ofNanos(end - ground.nanos().getAsLong());
                new Errand(ground, host.id(), host.endpoints(), left)
                        .ask("leave", leave, "done", Words.Done.class);
                return true;
            } catch (RefusedException e) {
                if (e.refusal() == Refusal.IN_USE || e.refusal() == Refusal.HAS_WORKLOAD) {
                    throw e;
                }
                strangers += e.refusal() == Refusal.HOST_UNKNOWN ? 1 : 0;
                LOG.debug("{} does not take the goodbye", host.id(), e);
            } catch (IOException e) {
                LOG.debug("{} cannot be told", host.id(), e);
            }
        }
        return strangers == goodbye.hosts().size();
    }

    /**
     * Asks where this host stands while nobody feeds it. A leader that took it out may close its
     * channels before it can say so, so a feed that finds nobody is asked about too.
     */
    private Duration standing() {
        GroupView view = ground.group().view();
        boolean fed = view.voter() || view.feed() == FeedState.CONNECTED;
        if (fed || !troubled && view.feed() != FeedState.REFUSED) {
            troubled = !fed;
            asking.reset();
            return fed ? Rounds.IDLE : asking.failed();
        }
        troubled = true;
        if (!asking.left().isZero()) {
            return asking.left();
        }
        Optional<Standing> out =
                view.voters().stream()
                        .map(voter -> ask(view, voter))
                        .flatMap(Optional::stream)
                        .filter(standing -> isOut(view, standing))
                        .findFirst();
        if (out.isPresent()) {
            leaveAsOut(view);
        }
        return asking.failed();
    }

    private Optional<Standing> ask(GroupView view, HostId voter) {
        List<Endpoint> endpoints =
                view.member(voter).map(member -> member.facts().endpoints()).orElse(List.of());
        try {
            return Optional.of(
                    new Errand(ground, voter, endpoints, TELLING)
                            .ask("standing", new Words.Ask(view.id()), "stands", Standing.class));
        } catch (IOException e) {
            LOG.debug("{} does not say where this host stands", voter, e);
            return Optional.empty();
        }
    }

    /** An "out" counts if it is about this group, and newer than this host's link. */
    private static boolean isOut(GroupView view, Standing standing) {
        long link = view.member(view.self()).map(Member::link).orElse(0L);
        return standing.state() == Standing.State.OUT
                && view.id().equals(standing.groupId())
                && standing.revision() > link;
    }

    private void leaveAsOut(GroupView asked) {
        synchronized (leaving) {
            GroupView now = ground.group().view();
            if (!Goodbye.to(asked).means(now)) {
                return;
            }
            try {
                ground.group().leave();
                LOG.info("Group {} has taken this host out; it is on its own now", asked.id());
            } catch (IOException e) {
                LOG.warn("Group {} has taken this host out; it leaves later", asked.id(), e);
            }
        }
    }
}

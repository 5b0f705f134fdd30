package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
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

    /** Held while this host leaves: by wish and by standing must not cross. */
    private final Object leaving = new Object();

    Leaving(Ground ground, Goodbyes goodbyes) {
        this.ground = ground;
        this.goodbyes = goodbyes;
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
        Duration next = Rounds.IDLE;
        List<Goodbye> open = goodbyes.open();
        offers.keySet().retainAll(open);
        for (Goodbye goodbye : open) {
            Duration left = offer(goodbye);
            next = Rounds.sooner(left, next);
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
                finish(goodbye);
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

    /** The agent was stopped while it left; unless it leaves just now. */
    private void finish(Goodbye goodbye) throws IOException {
        synchronized (leaving) {
            if (goodbyes.open().contains(goodbye)) {
                leave(goodbye);
            }
        }
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
                Errand.to(ground, host.id(), host.endpoints(), left)
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

    /** The group has taken this host out. */
    void leaveAsOut(GroupView asked) {
        synchronized (leaving) {
            GroupView now = ground.group().view();
            if (!Goodbye.to(asked).means(now)) {
                return;
            }
            try {
                ground.group().leave();
                LOG.info("Group {} has taken this host out; it is on its own now", asked.id());
                ground.records()
                        .done(Actor.SYSTEM, "link.out", "", "Taken out of group " + asked.id());
            } catch (IOException e) {
                LOG.warn("Group {} has taken this host out; it leaves later", asked.id(), e);
            }
        }
    }
}

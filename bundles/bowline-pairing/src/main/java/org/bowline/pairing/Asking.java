package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks where this host stands while nobody feeds it, or as a leader nobody is heard of: it may have
 * been taken out, or another host may have taken the group over. Used by one thread.
 */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final int SOME = 3;

    private final Ground ground;
    private final Leaving leaving;
    private final Succession succession;
    private final Backoff backoff;
    private boolean troubled;

    Asking(Ground ground, Leaving leaving, Succession succession) {
        this.ground = ground;
        this.leaving = leaving;
        this.succession = succession;
        this.backoff = new Backoff(ground.nanos(), FIRST_PAUSE, LONGEST_PAUSE);
    }

    /**
     * One round; answers the time until the next is due. A leader that took this host out may close
     * its channels before it can say so, so a feed that finds nobody is asked about too.
     */
    Duration round() {
        GroupView view = ground.group().view();
        boolean fed = view.voter() ? isHeard(view) : view.feed() == FeedState.CONNECTED;
        if (fed || !troubled && view.feed() != FeedState.REFUSED) {
            troubled = !fed;
            backoff.reset();
            return fed ? LOOK_AGAIN : backoff.failed();
        }
        troubled = true;
        if (!backoff.left().isZero()) {
            return backoff.left();
        }
        for (HostId host : whom(view)) {
            Optional<Standing> standing = ask(view, host);
            if (standing.isPresent() && settles(view, host, standing.get())) {
                break;
            }
        }
        return backoff.failed();
    }

    /**
     * Those who decide here, members that say they are in another group, and a few of the rest: who
     * took over may have forgotten this host, and then does not say so by itself.
     */
    private Set<HostId> whom(GroupView view) {
        Islands islands = ground.islands();
        Set<HostId> whom = new LinkedHashSet<>(view.voters());
        List<HostId> rest = new ArrayList<>();
        for (Member member : view.members()) {
            boolean elsewhere =
                    islands.reachable(member.id())
                            && islands.of(member.id())
                                    .filter(place -> !place.id().equals(view.id()))
                                    .isPresent();
            (elsewhere ? whom : rest).add(member.id());
        }
        rest.removeAll(whom);
        Collections.shuffle(rest);
        whom.addAll(rest.subList(0, Math.min(SOME, rest.size())));
        whom.remove(view.self());
        return whom;
    }

    private Optional<Standing> ask(GroupView view, HostId host) {
        try {
            return Optional.of(
                    Errand.toMember(ground, host)
                            .ask("standing", new Words.Ask(view.id()), "stands", Standing.class));
        } catch (IOException e) {
            LOG.debug("{} does not say where this host stands", host, e);
            return Optional.empty();
        }
    }

    /** Whether this leader is alone, or any other member was heard of lately. */
    private boolean isHeard(GroupView view) {
        Islands islands = ground.islands();
        return view.alone()
                || view.members().stream()
                        .map(Member::id)
                        .anyMatch(host -> !host.equals(view.self()) && islands.reachable(host));
    }

    /** Acts on what was answered; whether that leaves nothing to ask. */
    private boolean settles(GroupView view, HostId by, Standing standing) {
        if (standing.successor() != null) {
            return follows(standing, by);
        }
        if (!view.voters().contains(by) || !isOut(view, standing)) {
            return false;
        }
        leaving.leaveAsOut(view);
        return true;
    }

    private boolean follows(Standing standing, HostId by) {
        try {
            succession.consider(standing.successor(), by);
            return true;
        } catch (IOException e) {
            LOG.debug("The takeover that {} follows is not followed here", by, e);
            return false;
        }
    }

    /** An "out" counts if it is about this group, and newer than this host's link. */
    private static boolean isOut(GroupView view, Standing standing) {
        long link = view.member(view.self()).map(Member::link).orElse(0L);
        return standing.state() == Standing.State.OUT
                && view.id().equals(standing.groupId())
                && standing.revision() > link;
    }
}

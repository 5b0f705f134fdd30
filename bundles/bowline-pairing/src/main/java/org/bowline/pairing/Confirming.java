package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a leader that this host holds its membership for good; without that it is taken out again.
 */
final class Confirming {
    private static final Logger LOG = LoggerFactory.getLogger(Confirming.class);
    private static final Duration DIALLING = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Ground ground;
    private final Leaving leaving;
    private final CountDownLatch closed;
    private final Slice<LinkFact> facts;

    Confirming(Ground ground, Leaving leaving, CountDownLatch closed) {
        this.ground = ground;
        this.leaving = leaving;
        this.closed = closed;
        this.facts = ground.group().slice(LinkFact.SLICE, LinkFact.class);
    }

    /** Confirms until the leader has it; if that cannot be, this host goes back to where it was. */
    void confirm(HostId leader, Endpoint endpoint, Invitation invitation) throws IOException {
        Patience patience = new Patience(ground, closed);
        while (true) {
            try {
                tell(leader, List.of(endpoint), invitation.groupId(), invitation.link());
                return;
            } catch (IOException e) {
                try {
                    requireHope(e);
                    patience.beforeNext(e);
                } catch (RefusedException hopeless) {
                    giveUp(invitation);
                    throw hopeless;
                }
            }
        }
    }

    private static void requireHope(IOException cause) throws RefusedException {
        if (cause instanceof RefusedException refused
                && refused.refusal() == Refusal.HOST_UNKNOWN) {
            throw Patience.interrupted(cause);
        }
    }

    /** Not while the agent stops: the next start confirms. */
    private void giveUp(Invitation invitation) throws IOException {
        if (closed.getCount() > 0) {
            leaving.leave(Goodbye.to(invitation, ground.self()));
        }
    }

    /**
     * Confirms what the agent's end kept from being confirmed; answers the time until the next try.
     */
    Duration round() {
        GroupView view = ground.group().view();
        Optional<Member> self = view.member(view.self());
        boolean open = facts.get(LinkFact.joining(view.self())).isPresent();
        if (view.voter() || !open || self.isEmpty()) {
            return Rounds.IDLE;
        }
        for (HostId voter : view.voters()) {
            List<Endpoint> endpoints =
                    view.member(voter)
                            .map(Member::facts)
                            .map(HostFacts::endpoints)
                            .orElse(List.of());
            try {
                tell(voter, endpoints, view.id(), self.get().link());
                return AGAIN; // unless the feed says by then that it is known
            } catch (IOException e) {
                LOG.debug("{} does not take the confirmation", voter, e);
            }
        }
        return AGAIN;
    }

    private void tell(HostId leader, List<Endpoint> endpoints, String group, long link)
            throws IOException {
        Errand.to(ground, leader, endpoints, DIALLING)
                .ask("confirm", new Words.Member(group, link), "done", Words.Done.class);
    }
}

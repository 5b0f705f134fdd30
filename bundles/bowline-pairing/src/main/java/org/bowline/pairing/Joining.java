package org.bowline.pairing;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkParticipant;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkPreview.Check;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.pairing.LinkRun.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The joining side: looks at what a token would do, and links this host by it. At most one link at
 * a time, on a thread of its own, {@code bowline-link}.
 */
final class Joining implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

    /** How long an answer that was lost is asked for again, and a confirmation repeated. */
    private static final Duration PERSISTENCE = Duration.ofSeconds(50);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CONFIRMING = Duration.ofSeconds(5);
    private static final int MOST_OFFER = 256 << 10; // bytes

    /** Where this host was admitted, and what to. */
    private record Admitted(Invitation invitation, Endpoint leader) {}

    private final Ground ground;
    private final Leaving leaving;
    private final Supplier<List<LinkParticipant>> participants;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable LinkRun last;
    private volatile @Nullable Thread thread;

    Joining(
            Ground ground,
            Leaving leaving,
            Supplier<List<LinkParticipant>> participants,
            Runnable changed) {
        this.ground = ground;
        this.leaving = leaving;
        this.participants = participants;
        this.changed = changed;
    }

    boolean isRunning() {
        LinkRun run = last;
        return run != null && !run.isOver();
    }

    Optional<Operation> last() {
        return Optional.ofNullable(last).map(LinkRun::view);
    }

    LinkPreview preview(Token token) throws IOException {
        try (LeaderCall call = LeaderCall.dial(ground, token)) {
            Words.Welcome welcome = call.hello(true);
            List<String> brings = new ArrayList<>();
            participants.get().forEach(participant -> brings.addAll(participant.brings()));
            return new LinkPreview(
                    token.issuer(),
                    welcome.facts().name(),
                    call.endpoint().ip(),
                    welcome.group(),
                    welcome.members(),
                    Duration.ofMillis(welcome.leftMillis()),
                    checks(welcome, call.endpoint()),
                    brings,
                    List.of());
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw interrupted(e);
        }
    }

    /**
     * Starts a link; the caller has made sure that none is running, and lets no other start
     * meanwhile.
     */
    Operation start(Token token, Actor actor) {
        LinkRun run = new LinkRun(ground.clock(), changed);
        last = run;
        Thread runner = new Thread(() -> link(run, token, actor), "bowline-link");
        runner.setDaemon(true);
        thread = runner;
        runner.start();
        return run.view();
    }

    private void link(LinkRun run, Token token, Actor actor) {
        try {
            Admitted admitted = admitted(run, token, offers());
            run.at(Stage.JOIN);
            join(token, admitted.invitation());
            run.at(Stage.CONFIRM);
            confirm(token.issuer(), admitted);
            LOG.info("Linked to group {}, by {}", token.group(), actor.name());
            run.completed();
        } catch (RefusedException e) {
            LOG.info("Link by {} failed: {}, {}", actor.name(), e.refusal().code(), e.detail());
            run.failed(e);
        } catch (IOException e) {
            LOG.warn("Link by {} failed; this host is as it was", actor.name(), e);
            run.failed(interrupted(e));
        } catch (RuntimeException e) {
            LOG.error("Link by {} failed", actor.name(), e);
            run.failed(new RefusedException(Refusal.INTERNAL, "The link broke: " + e, e));
        }
    }

    private Map<String, byte[]> offers() throws IOException {
        Map<String, byte[]> offers = new LinkedHashMap<>();
        for (LinkParticipant participant : participants.get()) {
            byte[] offer = participant.offer();
            if (offer.length > MOST_OFFER) {
                throw new IOException(participant.room() + " brings " + offer.length + " bytes");
            }
            offers.put(participant.room(), offer);
        }
        return offers;
    }

    /**
     * Goes through the exchange; if it breaks off after the proof was sent, the answer is asked for
     * again.
     */
    private Admitted admitted(LinkRun run, Token token, Map<String, byte[]> offers)
            throws IOException {
        long end = ground.nanos().getAsLong() + PERSISTENCE.toNanos();
        boolean proved = false;
        while (true) {
            if (!proved) {
                run.at(Stage.ASK);
            }
            try (LeaderCall call = LeaderCall.dial(ground, token)) {
                if (!proved) {
                    run.at(Stage.CHECK);
                }
                requireRules(call, call.hello(false));
                run.at(Stage.PROVE);
                proved = true;
                return new Admitted(call.prove(offers), call.endpoint());
            } catch (RefusedException e) {
                if (!proved || e.refusal() != Refusal.LEADER_UNREACHABLE) {
                    throw e;
                }
                awaitOrGiveUp(end, e);
            } catch (IOException e) {
                if (!proved) {
                    throw interrupted(e);
                }
                awaitOrGiveUp(end, e);
            }
        }
    }

    private void awaitOrGiveUp(long end, IOException cause) throws IOException {
        try {
            if (ground.nanos().getAsLong() > end
                    || closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw interrupted(cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(cause);
        }
    }

    private void requireRules(LeaderCall call, Words.Welcome welcome) throws IOException {
        for (Check check : checks(welcome, call.endpoint())) {
            if (check.failed().isPresent()) {
                RefusedException why =
                        new RefusedException(
                                check.failed().get().refusal(), check.failed().get().detail());
                call.refuse(why);
                throw why;
            }
        }
    }

    /** What both hosts hold against it: this host judges the same rules itself. */
    private List<Check> checks(Words.Welcome welcome, Endpoint endpoint) {
        Map<String, Check> checks = new LinkedHashMap<>();
        Check reached =
                LinkRules.check(
                        "Leader reachable", endpoint.toString(), true, Refusal.LEADER_UNREACHABLE);
        checks.put(reached.title(), reached);
        for (Check own : LinkRules.judge(welcome.facts(), ground.host().facts())) {
            checks.put(own.title(), own);
        }
        for (Words.Verdict verdict : welcome.verdicts()) {
            checks.merge(
                    verdict.title(),
                    verdict.check(),
                    (own, theirs) -> own.failed().isPresent() ? own : theirs);
        }
        return List.copyOf(checks.values());
    }

    private void join(Token token, Invitation invitation) throws IOException {
        try {
            requireFitting(token, invitation);
            ground.group().follow(invitation);
        } catch (IOException e) {
            leaving.withdraw(Goodbye.to(invitation));
            throw e;
        }
    }

    /**
     * What the leader hands out must be about this host, that group and that leader, with keys that
     * fit their ids.
     */
    private void requireFitting(Token token, Invitation invitation) throws IOException {
        Optional<Member> self =
                invitation.members().stream()
                        .filter(member -> member.id().equals(ground.self()))
                        .findFirst();
        boolean fits =
                invitation.groupId().equals(token.group())
                        && invitation.voters().contains(token.issuer())
                        && !invitation.voters().contains(ground.self())
                        && self.filter(member -> member.link() == invitation.link()).isPresent()
                        && Arrays.equals(
                                Base64.getDecoder().decode(self.get().key()), ground.ownKey())
                        && invitation.members().stream().allMatch(Joining::hasItsKey);
        if (!fits) {
            throw new IOException("the leader's invitation does not fit the token");
        }
    }

    private static boolean hasItsKey(Member member) {
        return HostId.of(Base64.getDecoder().decode(member.key())).equals(member.id());
    }

    /** Confirms until the leader has it; if that cannot be, this host goes back to where it was. */
    private void confirm(HostId issuer, Admitted admitted) throws IOException {
        long end = ground.nanos().getAsLong() + PERSISTENCE.toNanos();
        while (true) {
            try {
                confirm(issuer, List.of(admitted.leader()), admitted.invitation());
                return;
            } catch (RefusedException e) {
                if (e.refusal() == Refusal.HOST_UNKNOWN) {
                    leaving.withdraw(Goodbye.to(admitted.invitation()));
                    throw interrupted(e);
                }
                awaitConfirmable(end, admitted, e);
            } catch (IOException e) {
                awaitConfirmable(end, admitted, e);
            }
        }
    }

    private void awaitConfirmable(long end, Admitted admitted, IOException cause)
            throws IOException {
        try {
            awaitOrGiveUp(end, cause);
        } catch (IOException e) {
            if (closed.getCount() > 0) {
                leaving.withdraw(Goodbye.to(admitted.invitation()));
            }
            throw e;
        }
    }

    private void confirm(HostId leader, List<Endpoint> endpoints, Invitation invitation)
            throws IOException {
        confirm(leader, endpoints, invitation.groupId(), invitation.link());
    }

    private void confirm(HostId leader, List<Endpoint> endpoints, String group, long link)
            throws IOException {
        Errand.to(ground.peers(), leader, endpoints, CONFIRMING)
                .ask("confirm", new Words.Member(group, link), "done", Words.Done.class);
    }

    /**
     * Confirms a link that the agent's end kept from being confirmed; answers the time until the
     * next try.
     */
    Duration round() {
        GroupView view = ground.group().view();
        boolean open =
                ground.group()
                        .slice(LinkFact.SLICE, LinkFact.class)
                        .get(LinkFact.joining(ground.self()))
                        .isPresent();
        Optional<Member> self = view.member(view.self());
        if (view.voter() || !open || self.isEmpty() || isRunning()) {
            return Rounds.IDLE;
        }
        for (HostId voter : view.voters()) {
            List<Endpoint> endpoints =
                    view.member(voter)
                            .map(Member::facts)
                            .map(HostFacts::endpoints)
                            .orElse(List.of());
            try {
                confirm(voter, endpoints, view.id(), self.get().link());
                return PAUSE.multipliedBy(5);
            } catch (IOException e) {
                LOG.debug("{} does not take the confirmation", voter, e);
            }
        }
        return PAUSE;
    }

    private static RefusedException interrupted(IOException cause) {
        return new RefusedException(
                Refusal.PAIRING_INTERRUPTED, String.valueOf(cause.getMessage()), cause);
    }

    /** Ends a link that runs. */
    @Override
    public void close() {
        closed.countDown();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}

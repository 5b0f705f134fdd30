package org.bowline.pairing;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
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

    private static final String JOIN = "link.join";
    private static final int MOST_RUNS = 20;
    private static final int MOST_OFFER = 256 << 10; // bytes

    /** Where this host was admitted, and what to. */
    private record Admitted(Invitation invitation, Endpoint leader) {}

    private final Ground ground;
    private final Leaving leaving;
    private final Supplier<List<LinkParticipant>> participants;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Confirming confirming;
    private final Deque<LinkRun> runs = new ArrayDeque<>(); // guarded by itself
    private volatile @Nullable LinkRun last;

    Joining(
            Ground ground,
            Leaving leaving,
            Supplier<List<LinkParticipant>> participants,
            Runnable changed) {
        this.ground = ground;
        this.leaving = leaving;
        this.participants = participants;
        this.changed = changed;
        this.confirming = new Confirming(ground, leaving, closed);
    }

    boolean isRunning() {
        LinkRun run = last;
        return run != null && !run.isOver();
    }

    Optional<Operation> last() {
        return Optional.ofNullable(last).map(LinkRun::view);
    }

    /** The links since the start, the newest first. */
    List<Operation> operations() {
        synchronized (runs) {
            return runs.stream().map(LinkRun::view).toList();
        }
    }

    LinkPreview preview(Token token) throws IOException {
        try (LeaderCall call = LeaderCall.dial(ground, token)) {
            Words.Welcome welcome = call.hello(true);
            List<String> brings = new ArrayList<>();
            List<String> givesWay = new ArrayList<>();
            for (LinkParticipant participant : participants.get()) {
                brings.addAll(participant.brings());
                givesWay.addAll(participant.givesWay());
            }
            return new LinkPreview(
                    token.issuer(),
                    welcome.facts().name(),
                    call.endpoint().ip(),
                    welcome.group(),
                    welcome.members(),
                    Duration.ofMillis(welcome.leftMillis()),
                    checks(welcome, call.endpoint()),
                    brings,
                    givesWay);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw Patience.interrupted(e);
        }
    }

    /**
     * Starts a link; the caller has made sure that none is running, and lets no other start
     * meanwhile.
     */
    Operation start(Token token, Actor actor) {
        LinkRun run = new LinkRun(token.addresses().get(0), ground.clock(), changed);
        last = run;
        synchronized (runs) {
            runs.addFirst(run);
            while (runs.size() > MOST_RUNS) {
                runs.removeLast();
            }
        }
        Thread runner = new Thread(() -> link(run, token, actor), "bowline-link");
        runner.setDaemon(true);
        runner.start();
        return run.view();
    }

    private void link(LinkRun run, Token token, Actor actor) {
        try {
            run.at(Stage.ASK);
            Admitted admitted = admitted(run, token, offers());
            run.at(Stage.JOIN);
            join(token, admitted.invitation());
            run.at(Stage.CONFIRM);
            confirming.confirm(token.issuer(), admitted.leader(), admitted.invitation());
            LOG.info("Linked to {} at {}, by {}", token.issuer(), admitted.leader(), actor.name());
            String at = run.view().leader() + " at " + admitted.leader();
            ground.records().done(actor, JOIN, token.issuer().value(), "Linked to " + at);
            run.completed();
        } catch (RefusedException e) {
            LOG.info("Link by {} failed: {}, {}", actor.name(), e.refusal().code(), e.detail());
            ground.records().ended(actor, JOIN, token.issuer().value(), e);
            run.failed(e);
        } catch (IOException e) {
            ground.records().ended(actor, JOIN, token.issuer().value(), e);
            LOG.warn("Link by {} failed; this host is as it was", actor.name(), e);
            run.failed(Patience.interrupted(e));
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
        Patience patience = new Patience(ground, closed);
        boolean proved = false;
        while (true) {
            try (LeaderCall call = LeaderCall.dial(ground, token)) {
                if (!proved) {
                    run.at(Stage.CHECK);
                }
                Words.Welcome welcome = call.hello(false);
                run.leader(welcome.facts().name());
                requireRules(call, welcome);
                run.at(Stage.PROVE);
                proved = true;
                return new Admitted(call.prove(offers), call.endpoint());
            } catch (RefusedException e) {
                if (!proved || e.refusal() != Refusal.LEADER_UNREACHABLE) {
                    throw e;
                }
                patience.beforeNext(e);
            } catch (IOException e) {
                if (!proved) {
                    throw Patience.interrupted(e);
                }
                patience.beforeNext(e);
            }
        }
    }

    private void requireRules(LeaderCall call, Words.Welcome welcome) throws RefusedException {
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
        } catch (IOException | RuntimeException e) {
            leaving.leave(Goodbye.to(invitation, ground.self()));
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

    /**
     * Confirms a link that the agent's end kept from being confirmed; answers the time until the
     * next try.
     */
    Duration round() {
        return isRunning() ? Rounds.IDLE : confirming.round();
    }

    /** Ends a link that runs, before its next try. */
    @Override
    public void close() {
        closed.countDown();
    }
}

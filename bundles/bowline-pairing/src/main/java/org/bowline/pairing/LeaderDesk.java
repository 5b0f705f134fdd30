package org.bowline.pairing;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkPreview.Check;
import org.bowline.api.pairing.Reason;
import org.bowline.api.transport.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's side of a link. What is checked, in this order: shape, throttle, the token's proof,
 * its life, facts and rules; only then is the token used up, and the host admitted.
 */
final class LeaderDesk {
    /** A lost answer may be asked for again by the same key for so long. */
    static final Duration ANSWERED_AGAIN = Duration.ofSeconds(60);

    /** How long the leader tries to reach the joining host back, all of its endpoints together. */
    static final Duration REACH = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(LeaderDesk.class);
    private static final int MOST_ENDPOINTS = 8;

    private final Ground ground;
    private final TokenMint mint;
    private final Throttle throttle;
    private final Admission admission;
    private final LinkBook book;
    private final SecureRandom random = new SecureRandom();

    /**
     * Held while a token is used and its host admitted, so that a host asking again finds the
     * outcome.
     */
    private final Object admitting = new Object();

    LeaderDesk(Ground ground, TokenMint mint, Admission admission, LinkBook book) {
        this.ground = ground;
        this.mint = mint;
        this.throttle = new Throttle(ground.nanos());
        this.admission = admission;
        this.book = book;
    }

    /** Serves a host that says hello, to the end; throws what it is refused with. */
    void serve(PairStream stream, Words.Envelope first) throws IOException {
        Words.Hello hello = stream.body(first, Words.Hello.class);
        if (hello.token() == null || hello.nonce() == null || !LinkRules.isWhole(hello.facts())) {
            throw new IOException("hello without token, nonce or facts");
        }
        Exchange exchange = new Exchange(stream, hello, stream.channel().remote().ip());
        try {
            exchange.greet(first);
        } catch (RefusedException e) {
            LOG.info("{} was refused: {}, {}", exchange.source, e.refusal().code(), e.detail());
            exchange.record(e);
            throw e;
        } catch (IOException e) {
            exchange.record(e);
            throw e;
        }
    }

    private static RefusedException unknown() {
        return new RefusedException(
                Refusal.TOKEN_UNKNOWN, "It was made before the leader's restart, or is long dead");
    }

    private static RefusedException refused(Reason reason) {
        return new RefusedException(reason.refusal(), reason.detail());
    }

    /** One exchange with one host. */
    private final class Exchange {
        private final PairStream stream;
        private final Words.Hello hello;
        private final String source;
        private final HostId peer;

        Exchange(PairStream stream, Words.Hello hello, String source) {
            this.stream = stream;
            this.hello = hello;
            this.source = source;
            this.peer = stream.channel().peer();
        }

        void greet(Words.Envelope first) throws IOException {
            if (!throttle.allows(source, peer)) {
                throw new RefusedException(
                        Refusal.PAIRING_THROTTLED, "Too many failed proofs from " + source);
            }
            Optional<TokenMint.Minted> found = mint.find(hello.token());
            if (found.isEmpty()) {
                throttle.failed(source, peer); // whoever invents tokens is no better than a guesser
            }
            TokenMint.Minted minted = found.orElseThrow(LeaderDesk::unknown);
            PairMac mac = new PairMac(minted.token(), stream.channel().peerKey(), ground.ownKey());
            requireProof(first, mac);
            requireUsable(minted);
            requireUnchallenged();
            String name = hello.facts().name();
            if (hello.looking()) {
                book.looked(peer, name, source, welcome(minted, mac));
                return;
            }
            book.begun(peer, name, source);
            try {
                link(minted, mac);
            } catch (RefusedException e) {
                book.failed(peer, e);
                throw e;
            } catch (IOException e) {
                String detail = "The exchange with " + hello.facts().name() + " broke off";
                book.failed(peer, new RefusedException(Refusal.PAIRING_INTERRUPTED, detail, e));
                throw e;
            }
        }

        /** A host that only looks is not recorded, unless its proof does not hold. */
        void record(IOException why) {
            boolean proof =
                    why instanceof RefusedException refused
                            && refused.refusal() == Refusal.TOKEN_REFUSED;
            if (proof || !hello.looking()) {
                ground.records().ended(Records.actor(peer), "link.admit", source, why);
            }
        }

        /** A group that another host took over takes nobody in. */
        private void requireUnchallenged() throws RefusedException {
            Optional<Takeover> challenge = ground.group().view().challenge();
            if (challenge.isPresent()) {
                throw new RefusedException(
                        Refusal.SUPERSEDED,
                        challenge.get().by() + " has taken over the group of this leader");
            }
        }

        private void requireProof(Words.Envelope envelope, PairMac mac) throws RefusedException {
            if (!stream.proven(envelope, mac)) {
                throttle.failed(source, peer);
                throw new RefusedException(Refusal.TOKEN_REFUSED, "Its proof does not hold");
            }
        }

        private void requireUsable(TokenMint.Minted minted) throws RefusedException {
            long ago =
                    Duration.ofNanos(ground.nanos().getAsLong() - minted.diedNanos()).toSeconds();
            switch (minted.state()) {
                case LIVE -> {}
                case EXPIRED ->
                        throw new RefusedException(
                                Refusal.TOKEN_EXPIRED, "It expired " + ago + " s ago");
                case REPLACED ->
                        throw new RefusedException(
                                Refusal.TOKEN_UNKNOWN,
                                "It was replaced "
                                        + ago
                                        + " s ago, when the leader's address or group changed");
                case STOPPED ->
                        throw new RefusedException(
                                Refusal.TOKEN_UNKNOWN,
                                "Token generation was stopped " + ago + " s ago");
                case USED -> {
                    boolean again = minted.usedBy().filter(peer::equals).isPresent();
                    if (hello.looking() || !again || ago > ANSWERED_AGAIN.toSeconds()) {
                        throw new RefusedException(
                                Refusal.TOKEN_USED, "It was used " + ago + " s ago");
                    }
                }
            }
        }

        private List<Check> welcome(TokenMint.Minted minted, PairMac mac) throws IOException {
            GroupView view = ground.group().view();
            HostFacts own = ground.host().facts();
            List<Check> checks = new ArrayList<>(LinkRules.judge(own, hello.facts()));
            checks.add(reachBack());
            byte[] nonce = new byte[32];
            random.nextBytes(nonce);
            stream.send(
                    "welcome",
                    new Words.Welcome(
                            nonce,
                            own,
                            view.id(),
                            view.members().size(),
                            mint.left(minted).toMillis(),
                            checks.stream().map(Words.Verdict::of).toList()),
                    mac);
            return checks;
        }

        private void link(TokenMint.Minted minted, PairMac mac) throws IOException {
            List<Check> checks = welcome(minted, mac);
            book.judged(peer, checks);
            for (Check check : checks) {
                if (check.failed().isPresent()) {
                    throw refused(check.failed().get());
                }
            }
            Words.Envelope envelope = stream.receive("prove");
            requireProof(envelope, mac);
            Words.Prove prove = stream.body(envelope, Words.Prove.class);
            Invitation invitation;
            synchronized (admitting) {
                invitation = membership(prove);
            }
            stream.send("admitted", new Words.Admitted(invitation), mac);
            LOG.info("{} ({}) was admitted, and is to confirm", hello.facts().name(), peer);
            ground.records()
                    .done(
                            Records.actor(peer),
                            "link.admit",
                            peer.value(),
                            hello.facts().name() + " at " + source + " was admitted");
        }

        /** Uses the token and admits the host, or finds the membership whose answer was lost. */
        private Invitation membership(Words.Prove prove) throws IOException {
            if (mint.use(hello.token(), peer)) {
                return admission.admit(
                        peer, stream.channel().peerKey(), hello.facts(), prove.offers());
            }
            requireUsable(mint.find(hello.token()).orElseThrow(LeaderDesk::unknown));
            Group group = ground.group();
            boolean waits =
                    group.view().member(peer).isPresent()
                            && group.slice(LinkFact.SLICE, LinkFact.class)
                                    .get(LinkFact.joining(peer))
                                    .isPresent();
            if (!waits) {
                throw new RefusedException(
                        Refusal.TOKEN_USED, "It was used by this host, in a link that failed");
            }
            return group.invitation(peer);
        }

        /**
         * Dials the joining host where it says that it can be dialled, first where it came from.
         */
        private Check reachBack() {
            List<Endpoint> endpoints =
                    hello.facts().endpoints().stream()
                            .sorted(Comparator.comparing(endpoint -> !endpoint.ip().equals(source)))
                            .limit(MOST_ENDPOINTS)
                            .toList();
            Dialling dialling = new Dialling(ground, peer);
            Optional<Channel> reached = dialling.open(endpoints, REACH);
            reached.ifPresent(Channel::close);
            return LinkRules.check(
                    "Reachable from the leader",
                    reached.map(Channel::remote).map(Endpoint::toString).orElse(dialling.errors()),
                    reached.isPresent(),
                    Refusal.FOLLOWER_UNREACHABLE);
        }
    }
}

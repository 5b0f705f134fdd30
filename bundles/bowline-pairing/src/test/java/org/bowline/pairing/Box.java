package org.bowline.pairing;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bowline.api.Actor;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;

/** One whole host of a {@link Lan}: everything that pairing stands on, and pairing. */
final class Box implements Closeable {
    static final Actor OPERATOR = new Actor("operator", "rest");

    final String name;
    final TestIdentity identity = new TestIdentity();
    final Lan.Time time = new Lan.Time();
    final TestHost host;
    final MemoryGroup group;
    final MemoryPresence presence;
    final MemoryAudit audit;
    final AtomicInteger dialled = new AtomicInteger();

    /** Done before each dial, and with each channel that was opened. */
    volatile Pause beforeDialling = () -> {};

    volatile UnaryOperator<Channel> onTheLine = UnaryOperator.identity();
    private final LoopbackPeers peers;
    private final Ground ground;
    private TokenPairing pairing;

    Box(Lan lan, String name, Path data, Endpoint at, List<Endpoint> advertised)
            throws IOException {
        this.name = name;
        MemoryTrust trust = new MemoryTrust();
        host = TestHost.linkable(name, data, advertised.toArray(Endpoint[]::new));
        group =
                new MemoryGroup(
                        lan.world,
                        new Member(identity.id(), identity.key(), host.facts(), 0),
                        trust,
                        identity::sign);
        audit = new MemoryAudit(identity.id());
        presence = new MemoryPresence(lan.board, identity.id(), host.bootId());
        peers = new LoopbackPeers(lan.network.join(at, identity, trust), trust);
        ground =
                new Ground(
                        identity,
                        host,
                        group,
                        new CountingPeers(),
                        presence,
                        new Records(audit),
                        time,
                        time::nanos);
        pairing = started();
    }

    private TokenPairing started() {
        TokenPairing next = new TokenPairing(ground);
        peers.host(next);
        next.start();
        return next;
    }

    /** Pairing ends and starts again, with an empty memory. */
    void restart() {
        pairing.stop();
        pairing = started();
    }

    /** From now on it answers another way. */
    void host(ProtocolHandler handler) {
        peers.host(handler);
    }

    TokenPairing pairing() {
        return pairing;
    }

    HostId id() {
        return identity.id();
    }

    Ground ground() {
        return ground;
    }

    /** Lets it lead, and answers its token. */
    String lead() throws IOException {
        return pairing.startLeading(OPERATOR).token().orElseThrow().text();
    }

    String token() {
        return pairing.leader().token().orElseThrow().text();
    }

    /** Links it, and waits for the end. */
    Operation link(String token) throws IOException {
        pairing.link(token, OPERATOR);
        return ended();
    }

    /** Waits until the last link has ended. */
    Operation ended() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> ended(pairing.link().last().orElseThrow()));
        return pairing.link().last().orElseThrow();
    }

    private static boolean ended(Operation operation) {
        return operation.status() == LinkStatus.COMPLETED
                || operation.status() == LinkStatus.FAILED;
    }

    /** What was asked of it and how that ended, as {@code act outcome cause}. */
    List<String> recorded() {
        return audit.acts().stream()
                .map(
                        act ->
                                (act.act() + " " + act.outcome() + " " + act.cause())
                                        .toLowerCase(Locale.ROOT)
                                        .strip())
                .toList();
    }

    /** From now on it is that; who leads itself has written it when this returns. */
    void describe(HostFacts facts) {
        host.describe(facts);
        pairing.leaderRound();
    }

    /**
     * What would have to be equal before and after a refusal: group, members and log, as seen here.
     */
    String state() {
        return group.view()
                + " "
                + group.slice(LinkFact.SLICE, LinkFact.class).all()
                + " "
                + pairing.leader().leading();
    }

    @Override
    public void close() throws IOException {
        pairing.stop();
        peers.close();
    }

    /** Something to wait for. */
    interface Pause {
        void run() throws InterruptedException, IOException;
    }

    private final class CountingPeers implements Peers {
        @Override
        public Channel open(HostId member, String protocol) throws IOException {
            count();
            return onTheLine.apply(peers.open(member, protocol));
        }

        @Override
        public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
                throws IOException {
            count();
            return onTheLine.apply(peers.open(endpoint, expected, protocol, timeout));
        }

        private void count() throws IOException {
            dialled.incrementAndGet();
            try {
                beforeDialling.run();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }
}

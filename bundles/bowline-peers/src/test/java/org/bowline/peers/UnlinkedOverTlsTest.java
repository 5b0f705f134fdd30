package org.bowline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestIdentity;
import org.bowline.transport.tls.TlsTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real TLS: whoever trust drops is out within two seconds, whatever its streams do. */
class UnlinkedOverTlsTest {
    private static final Duration PROMISED = Duration.ofSeconds(2);

    private final Host here = new Host();
    private final Host there = new Host();

    @BeforeEach
    void linked() {
        here.trusts(here, there);
        there.trusts(here, there);
    }

    @AfterEach
    void end() {
        here.close();
        there.close();
    }

    @Test
    void aLiveStreamEndsOnBothSides() throws IOException {
        here.reception.addHandler(new Echo("feed/1"));
        Channel stream = there.peers.open(here.id(), "feed/1");
        CompletableFuture<Void> talking = ends(() -> Echo.answers(stream));
        assertThat(here.watch.count()).isOne();

        here.trusts(here);

        await().atMost(PROMISED).until(() -> talking.isDone() && here.watch.count() == 0);
    }

    @Test
    void aStreamThatTheOtherSideDoesNotReadEndsToo() throws IOException {
        Flood flood = new Flood();
        here.reception.addHandler(flood);
        there.peers.open(here.id(), "content/1"); // and nothing of it is read
        await().until(flood::isStuck);

        here.trusts(here);

        await().atMost(PROMISED).until(() -> flood.ended.isDone() && here.watch.count() == 0);
    }

    @Test
    void aStreamThatThisHostDialledEndsToo() throws IOException {
        there.reception.addHandler(new Echo("feed/1"));
        Channel stream = here.peers.open(there.id(), "feed/1");
        CompletableFuture<Void> talking = ends(() -> Echo.answers(stream));

        here.trusts(here);

        await().atMost(PROMISED).until(talking::isDone);
    }

    @Test
    void manyStreamsEndAsFastAsOne() throws IOException {
        here.reception.addHandler(new Flood());
        here.reception.addHandler(new Echo("feed/1"));
        List<CompletableFuture<Void>> talking = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            if (i % 2 == 0) {
                Channel stream = there.peers.open(here.id(), "feed/1");
                talking.add(ends(() -> Echo.answers(stream)));
            } else {
                there.peers.open(here.id(), "content/1");
            }
        }
        assertThat(here.watch.count()).isEqualTo(30);

        here.trusts(here);

        await().atMost(PROMISED).until(() -> here.watch.count() == 0);
        await().until(() -> talking.stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void aNewConnectionIsRefusedAtOnceButPairingIsNot() throws IOException {
        here.reception.addHandler(new Echo("feed/1"));
        here.reception.addHandler(new Echo("pair/1"));
        there.peers.open(here.id(), "feed/1").close();

        here.trusts(here);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> there.peers.open(here.id(), "feed/1"))
                    .hasMessageContaining("does not let this host open feed/1");
        }
        try (Channel pairing =
                there.peers.open(here.endpoint(), here.id(), "pair/1", Duration.ofSeconds(5))) {
            assertThat(Echo.answers(pairing)).isTrue();
        }
    }

    private interface Talk {
        boolean goesOn() throws IOException;
    }

    /** Talks on a thread of its own; done once the channel has failed or ended. */
    private static CompletableFuture<Void> ends(Talk talk) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (talk.goesOn()) {
                                    Thread.onSpinWait();
                                }
                            } catch (IOException e) {
                                ended.complete(null);
                            }
                            ended.complete(null);
                        },
                        "test-talk");
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    /** Sends without end. */
    private static final class Flood implements ProtocolHandler {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile long sent;
        private long seen = -1; // of the waiting test

        @Override
        public String protocol() {
            return "content/1";
        }

        /** Whether nothing has been sent since it was asked last. */
        boolean isStuck() {
            long before = seen;
            seen = sent;
            return seen > 0 && seen == before;
        }

        @Override
        public void handle(Channel channel) throws IOException {
            byte[] block = new byte[16 << 10];
            try {
                while (true) {
                    channel.output().write(block);
                    sent = sent + 1;
                }
            } finally {
                ended.complete(null);
            }
        }
    }

    /** The two lower rooms of a host, over TLS on loopback. */
    private static final class Host {
        private final TestIdentity identity = new TestIdentity();
        private final MemoryTrust trust = new MemoryTrust();
        private final TestLimits limits = new TestLimits();
        private final TlsTransport transport = new TlsTransport(identity, trust, new TlsConfig());
        private final ChannelWatch watch;
        private final Reception reception;
        private final TransportPeers peers;

        Host() {
            limits.channels = 64;
            limits.channelsPerHost = 64;
            trusts(this);
            watch = new ChannelWatch(trust, limits);
            Whereabouts whereabouts = new Whereabouts(trust);
            peers = new TransportPeers(trust, watch, whereabouts, limits);
            reception = new Reception(trust, watch, whereabouts, limits);
            peers.transports = List.of(transport);
            reception.addTransport(transport);
            watch.start();
            reception.start();
        }

        HostId id() {
            return identity.id();
        }

        Endpoint endpoint() {
            return new Endpoint("tls", "127.0.0.1", transport.port());
        }

        void trusts(Host... hosts) {
            trust.replace(
                    List.of(hosts).stream()
                            .map(host -> host.identity.trusted(host.place()))
                            .toList(),
                    trust.revision() + 1);
        }

        private Endpoint[] place() {
            return transport.port() == 0 ? new Endpoint[0] : new Endpoint[] {endpoint()};
        }

        void close() {
            reception.stop();
            watch.stop();
        }
    }
}

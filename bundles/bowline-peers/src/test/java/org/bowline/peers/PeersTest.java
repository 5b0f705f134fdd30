package org.bowline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.bowline.api.transport.WrongKeyException;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final LoopbackNetwork network = new LoopbackNetwork();
    private final TestLimits limits = new TestLimits();
    private final Node here = new Node(network);
    private final Node there = new Node(network, limits);

    @AfterEach
    void end() {
        here.close();
        there.close();
    }

    @Test
    void aMemberIsReachedAtTheEndpointThatTrustKnows() throws IOException {
        Node.link(here, there);
        there.serve(new Echo("feed/1"));

        try (Channel channel = here.peers().open(there.id(), "feed/1")) {
            assertThat(channel.peer()).isEqualTo(there.id());
            assertThat(channel.protocol()).isEqualTo("feed/1");
            assertThat(Echo.answers(channel)).isTrue();
        }
    }

    @Test
    void aClosedChannelIsForgottenOnBothSides() throws IOException {
        Node.link(here, there);
        there.serve(new Echo("feed/1"));

        here.peers().open(there.id(), "feed/1").close();

        await().atMost(SHORT).until(() -> here.watch.count() == 0 && there.watch.count() == 0);
    }

    @Test
    void whatNobodyServesIsNamed() {
        Node.link(here, there);

        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not serve feed/1")
                .hasMessageContaining(there.endpoint.toString());
        await().atMost(SHORT).until(() -> here.watch.count() == 0);
    }

    @Test
    void aHostThatIsNoMemberIsNotDialled() {
        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .hasMessageContaining("no member " + there.id());
        assertThatThrownBy(() -> here.peers().open(there.endpoint, there.id(), "feed/1", SHORT))
                .hasMessageContaining("not a member");
    }

    @Test
    void oneSidedTrustIsNotEnough() {
        here.trusts(here, there);
        there.serve(new Echo("feed/1"));

        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStrangerReachesPairingOnly() throws IOException {
        there.serve(new Echo("pair/1"));

        try (Channel channel = here.peers().open(there.endpoint, there.id(), "pair/1", SHORT)) {
            assertThat(Echo.answers(channel)).isTrue();
        }
    }

    @Test
    void anotherKeyAtTheEndpointIsNamed() {
        there.serve(new Echo("pair/1"));

        assertThatThrownBy(() -> here.peers().open(there.endpoint, here.id(), "pair/1", SHORT))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void everyEndpointThatFailedIsNamedWithItsCause() {
        Endpoint nobody = network.reserve();
        Endpoint otherWay = new Endpoint("ssh", "127.0.0.1", 1);
        here.trust.replace(List.of(there.identity.trusted(otherWay, nobody)), 1);

        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .hasMessageContaining(otherWay + ": no transport ssh")
                .hasMessageContaining(nobody + ": nobody listens");
    }

    @Test
    void theEndpointThatWorkedLastIsTriedFirst() throws IOException {
        Node.link(here, there);
        there.serve(new Echo("feed/1"));
        List<Endpoint> dialled = new ArrayList<>();
        here.peers.transports = List.of(new Listed(here.transport, dialled));
        Endpoint nobody = network.reserve();
        here.trust.replace(List.of(there.identity.trusted(nobody, there.endpoint)), 2);

        here.peers().open(there.id(), "feed/1").close();
        here.peers().open(there.id(), "feed/1").close();

        assertThat(dialled).containsExactly(nobody, there.endpoint, there.endpoint);
    }

    @Test
    void withoutATransportTheReasonSaysSo() {
        Node.link(here, there);
        here.peers.transports = List.of();

        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .hasMessageContaining("no transport is present");
    }

    @Test
    void whoAcceptsButNeverGreetsIsGivenUp() throws IOException {
        Node.link(here, there);
        there.reception.removeTransport(there.transport);
        Duration moment = Duration.ofMillis(50);

        try (Closeable listening = there.transport.listen(channel -> {})) {
            assertThat(listening).isNotNull();
            assertThatThrownBy(
                            () -> here.peers().open(there.endpoint, there.id(), "feed/1", moment))
                    .hasMessageContaining("did not answer in time");
        }
        await().atMost(SHORT).until(() -> here.watch.count() == 0);
    }

    @Test
    void aHandlerThatThrowsLosesItsChannelAndNothingElse() throws IOException {
        Node.link(here, there);
        there.serve(new Failing());
        there.serve(new Echo("feed/1"));

        for (int i = 0; i < 2 * limits.channels; i++) {
            try (Channel channel = here.peers().open(there.id(), "content/1")) {
                assertThat(channel.input().read()).isEqualTo(-1);
            }
        }

        try (Channel channel = here.peers().open(there.id(), "feed/1")) {
            assertThat(Echo.answers(channel)).isTrue();
        }
    }

    @Test
    void aHandlerThatGoesTakesItsChannelsAlong() throws IOException {
        Node.link(here, there);
        Echo old = new Echo("feed/1");
        there.serve(old);
        there.serve(new Echo("raft/1"));
        Channel feed = here.peers().open(there.id(), "feed/1");
        Channel raft = here.peers().open(there.id(), "raft/1");

        there.reception.removeHandler(old);

        feed.readTimeout(SHORT);
        assertThat(feed.input().read()).isEqualTo(-1);
        assertThat(Echo.answers(raft)).isTrue();
        assertThatThrownBy(() -> here.peers().open(there.id(), "feed/1"))
                .hasMessageContaining("does not serve feed/1");
    }

    @Test
    void whoIsExpelledLosesEveryChannelButPairing() throws IOException {
        Node.link(here, there);
        there.serve(new Echo("feed/1"));
        there.serve(new Echo("pair/1"));
        here.serve(new Echo("feed/1"));
        Channel dialled = here.peers().open(there.id(), "feed/1");
        Channel pairing = here.peers().open(there.id(), "pair/1");
        Channel accepted = there.peers().open(here.id(), "feed/1");

        here.trusts(here); // only here: what was dialled must end too

        accepted.readTimeout(SHORT);
        dialled.readTimeout(SHORT);
        assertThat(accepted.input().read()).isEqualTo(-1);
        assertThatThrownBy(() -> dialled.input().read()).isInstanceOf(IOException.class);
        assertThat(Echo.answers(pairing)).isTrue();
    }

    @Test
    void aPeerThatReadsNothingLosesItsChannel() throws Exception {
        limits.writeDeadline = 100;
        try (Node strict = new Node(network, limits)) {
            Node.link(here, strict);
            here.serve(new Deaf());
            Channel channel = strict.peers().open(here.id(), "content/1");

            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(
                            () ->
                                    assertThatThrownBy(
                                                    () -> channel.output().write(new byte[1 << 20]))
                                            .isInstanceOf(IOException.class));

            await().atMost(SHORT).until(writing::isDone);
            writing.get();
            assertThat(strict.watch.count()).isZero();
        }
    }

    /** Fails on every channel. */
    private static final class Failing implements ProtocolHandler {
        @Override
        public String protocol() {
            return "content/1";
        }

        @Override
        public void handle(Channel channel) {
            throw new IllegalStateException("as the test wants it");
        }
    }

    /** Reads nothing. */
    private static final class Deaf implements ProtocolHandler {
        private final CompletableFuture<Void> never = new CompletableFuture<>();

        @Override
        public String protocol() {
            return "content/1";
        }

        @Override
        public void handle(Channel channel) {
            never.join();
        }
    }

    /** Notes what is dialled. */
    private record Listed(Transport transport, List<Endpoint> dialled) implements Transport {
        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public int port() {
            return transport.port();
        }

        @Override
        public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
                throws IOException {
            dialled.add(endpoint);
            return transport.open(endpoint, expected, protocol, timeout);
        }

        @Override
        public Closeable listen(Acceptor acceptor) throws IOException {
            return transport.listen(acceptor);
        }
    }
}

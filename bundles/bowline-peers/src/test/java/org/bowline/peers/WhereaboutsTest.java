package org.bowline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static final String OLD_IP = "192.0.2.9";
    private static final String NEW_IP = "127.0.0.2";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final LoopbackNetwork network = new LoopbackNetwork();
    private final List<Endpoint> dialled = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final Node here = new Node(network);
    private final Endpoint listed = at(OLD_IP, network.reserve().port());
    private final Node moved = new Node(network, new TestLimits(), at(NEW_IP, listed.port()));

    @BeforeEach
    void membersOfWhomOneHasMoved() {
        here.peers.transports = List.of(new WithoutOldIp(here.transport, dialled, timeouts));
        here.serve(new Echo("feed/1"));
        moved.serve(new Echo("feed/1"));
        Node.link(moved, here);
        hereListsOldAddress();
    }

    @AfterEach
    void end() {
        here.close();
        moved.close();
    }

    @Test
    void aMemberWhoseAddressChangedIsReachedWhereItCameFrom() throws IOException {
        assertThatThrownBy(() -> here.peers().open(moved.id(), "feed/1"))
                .hasMessageContaining(listed.toString());
        comesBy(moved);
        dialled.clear();

        try (Channel channel = here.peers().open(moved.id(), "feed/1")) {
            assertThat(Echo.answers(channel)).isTrue();
        }
        here.peers().open(moved.id(), "feed/1").close();

        assertThat(dialled).containsExactly(listed, moved.endpoint, moved.endpoint);
    }

    @Test
    void theListedEndpointsComeFirstUntilAnotherOneWorked() throws IOException {
        comesBy(moved);
        here.whereabouts.worked(moved.id(), at("192.0.2.77", 1)); // no longer known: means nothing

        assertThat(here.whereabouts.of(here.trust.find(moved.id()).orElseThrow()))
                .containsExactly(listed, moved.endpoint);
    }

    @Test
    void afterTheTwoBestEachHasItsTurnToBeFirst() {
        Endpoint first = at("192.0.2.1", 1);
        Endpoint second = at("192.0.2.2", 1);
        Endpoint third = at("192.0.2.3", 1);
        Endpoint fourth = at("192.0.2.4", 1);
        here.trust.replace(
                List.of(
                        here.identity.trusted(),
                        moved.identity.trusted(first, second, third, fourth)),
                here.trust.revision() + 1);
        TrustedHost host = here.trust.find(moved.id()).orElseThrow();

        assertThat(here.whereabouts.route(host))
                .isEqualTo(new Route(List.of(first), List.of(second, third, fourth)));
        assertThat(here.whereabouts.route(host).others()).containsExactly(third, fourth, second);
        here.whereabouts.worked(moved.id(), third);
        assertThat(here.whereabouts.route(host).best()).containsExactly(third, first);
        assertThat(here.whereabouts.route(host).others()).containsExactly(fourth, second);
        assertThat(here.whereabouts.route(host).others()).containsExactly(second, fourth);
    }

    @Test
    void theBestGetAllTheTimeOfOneDialAndTheOthersEnough() {
        List<Endpoint> eight = IntStream.rangeClosed(1, 8).mapToObj(i -> at(OLD_IP, i)).toList();
        here.trust.replace(
                List.of(
                        here.identity.trusted(),
                        moved.identity.trusted(eight.toArray(Endpoint[]::new))),
                here.trust.revision() + 1);
        here.whereabouts.worked(moved.id(), eight.get(7));
        dialled.clear();
        timeouts.clear();

        assertThatThrownBy(() -> here.peers().open(moved.id(), "feed/1"))
                .isInstanceOf(IOException.class);

        Duration whole = Duration.ofMillis(new TestLimits().dialTimeout);
        assertThat(dialled).hasSize(8).startsWith(eight.get(7), eight.get(0));
        assertThat(timeouts.subList(0, 2)).containsExactly(whole, whole);
        assertThat(timeouts).allMatch(given -> given.compareTo(whole.dividedBy(2)) >= 0);
    }

    @Test
    void onlyListedPortsAreDialled() throws IOException {
        Endpoint elsewhere = at(NEW_IP, network.reserve().port());
        try (Node rebuilt = new Node(network, new TestLimits(), elsewhere)) {
            rebuilt.serve(new Echo("feed/1"));
            Node.link(rebuilt, here);
            here.trust.replace(
                    List.of(here.identity.trusted(), rebuilt.identity.trusted(listed)), 9);
            moved.close(); // nobody listens at the listed port now
            comesBy(rebuilt);

            assertThatThrownBy(() -> here.peers().open(rebuilt.id(), "feed/1"))
                    .isInstanceOf(IOException.class);

            assertThat(dialled).containsExactly(listed, at(NEW_IP, listed.port()));
        }
    }

    @Test
    void aStrangersAddressMeansNothing() throws IOException {
        try (Node stranger = new Node(network, new TestLimits(), at("127.0.0.3", 77))) {
            here.serve(new Echo("pair/1"));
            Channel pairing = stranger.peers().open(here.endpoint, here.id(), "pair/1", LIMIT);
            assertThat(Echo.answers(pairing)).isTrue();

            assertThat(here.whereabouts.count()).isZero();
        }
    }

    @Test
    void whoIsExpelledIsForgotten() throws IOException {
        comesBy(moved);
        here.peers().open(moved.id(), "feed/1").close();
        assertThat(here.whereabouts.count()).isOne();

        here.trusts(here);
        assertThat(here.whereabouts.count()).isZero();
        here.whereabouts.seen(moved.id(), NEW_IP); // as of a channel that was accepted just before
        here.whereabouts.worked(moved.id(), moved.endpoint);

        assertThat(here.whereabouts.count()).isZero();
        hereListsOldAddress();
        assertThatThrownBy(() -> here.peers().open(moved.id(), "feed/1"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAddressThatNeedsAZoneIsNoneToDial() {
        here.whereabouts.seen(moved.id(), "fe80::1");

        assertThat(here.whereabouts.count()).isZero();
    }

    private void hereListsOldAddress() {
        here.trust.replace(
                List.of(here.identity.trusted(), moved.identity.trusted(listed)),
                here.trust.revision() + 1);
    }

    /** The host opens a channel to this one and is answered. */
    private void comesBy(Node host) throws IOException {
        try (Channel channel = host.peers().open(here.id(), "feed/1")) {
            assertThat(Echo.answers(channel)).isTrue();
        }
        await().atMost(LIMIT).until(() -> here.whereabouts.count() == 1);
    }

    private static Endpoint at(String ip, int port) {
        return new Endpoint(LoopbackNetwork.NAME, ip, port);
    }

    /** Notes what is dialled; nobody answers at the old address. */
    private record WithoutOldIp(
            Transport transport, List<Endpoint> dialled, List<Duration> timeouts)
            implements Transport {
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
            timeouts.add(timeout);
            if (endpoint.ip().equals(OLD_IP)) {
                throw new ConnectException("nobody listens at " + endpoint);
            }
            return transport.open(endpoint, expected, protocol, timeout);
        }

        @Override
        public Closeable listen(Acceptor acceptor) throws IOException {
            return transport.listen(acceptor);
        }
    }
}

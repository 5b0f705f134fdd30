package org.bowline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final LoopbackNetwork network = new LoopbackNetwork();
    private final TestLimits limits = new TestLimits();
    private final Node here = new Node(network);

    @AfterEach
    void end() {
        here.close();
    }

    @Test
    void aTransportIsListenedOnWheneverItIsThere() throws IOException {
        try (Node there = member()) {
            there.reception.removeTransport(there.transport);
            assertThatThrownBy(() -> feed(there)).hasMessageContaining("nobody listens");

            there.reception.addTransport(there.transport);
            Channel channel = feed(there);
            assertThat(Echo.answers(channel)).isTrue();

            there.reception.removeTransport(there.transport);
            channel.readTimeout(LIMIT);
            assertThat(channel.input().read()).isEqualTo(-1);

            there.reception.addTransport(there.transport);
            assertThat(Echo.answers(feed(there))).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsTriedAgain() throws IOException {
        try (Node there = member()) {
            there.reception.removeTransport(there.transport);
            Closeable other = there.transport.listen(Channel::close);
            there.reception.addTransport(there.transport);
            assertThatThrownBy(() -> feed(there)).isInstanceOf(IOException.class);

            other.close();

            await().atMost(LIMIT).ignoreExceptions().until(() -> Echo.answers(feed(there)));
        }
    }

    @Test
    void noHostTakesMoreThanItsShare() throws IOException {
        limits.channelsPerHost = 2;
        try (Node there = member()) {
            Channel first = feed(there);
            Channel second = feed(there);
            assertThatThrownBy(() -> feed(there)).isInstanceOf(IOException.class);

            first.close();

            await().atMost(LIMIT).ignoreExceptions().until(() -> Echo.answers(feed(there)));
            assertThat(Echo.answers(second)).isTrue();
        }
    }

    @Test
    void overTheCapChannelsAreClosedUntilOneEnds() throws IOException {
        limits.channels = 2;
        limits.channelsPerHost = 100;
        try (Node there = member()) {
            Channel first = feed(there);
            feed(there);
            assertThatThrownBy(() -> feed(there)).isInstanceOf(IOException.class);

            first.close();

            await().atMost(LIMIT).ignoreExceptions().until(() -> Echo.answers(feed(there)));
        }
    }

    @Test
    void strangersTogetherHaveFewChannelsAndMembersAreNotHeldUp() throws IOException {
        try (Node there = member();
                Node one = new Node(network);
                Node other = new Node(network);
                Node third = new Node(network)) {
            there.serve(new Echo("pair/1"));
            pair(one, there);
            Channel leaving = pair(other, there);
            assertThatThrownBy(() -> pair(third, there)).isInstanceOf(IOException.class);
            assertThat(Echo.answers(feed(there))).isTrue();

            leaving.close();

            await().atMost(LIMIT).ignoreExceptions().until(() -> Echo.answers(pair(third, there)));
        }
    }

    @Test
    void strangersAtOneAddressLeavePlacesToOthers() throws IOException {
        limits.strangerChannels = 4;
        limits.strangerChannelsPerAddress = 1;
        try (Node there = member();
                Node one = new Node(network);
                Node sameAddress = new Node(network)) {
            there.serve(new Echo("pair/1"));
            Channel first = pair(one, there);
            assertThatThrownBy(() -> pair(sameAddress, there)).isInstanceOf(IOException.class);

            first.close();

            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> Echo.answers(pair(sameAddress, there)));
        }
    }

    @Test
    void aStrangerThatSaysNothingIsSentAway() throws IOException {
        limits.strangerIdle = 50;
        try (Node there = member();
                Node stranger = new Node(network)) {
            there.serve(new Echo("pair/1"));
            Channel silent = pair(stranger, there);
            Channel member = feed(there);

            silent.readTimeout(LIMIT);
            assertThat(silent.input().read()).isEqualTo(-1);
            assertThat(Echo.answers(member)).isTrue();
        }
    }

    @Test
    void aStrangerThatDribblesIsSentAwayToo() throws IOException {
        limits.strangerLife = 300;
        limits.writeDeadline = 400;
        try (Node there = member();
                Node stranger = new Node(network)) {
            there.serve(new Echo("pair/1"));
            Channel dribbling = pair(stranger, there);

            await().atMost(LIMIT).until(() -> !stillAnswers(dribbling));
        }
    }

    private static boolean stillAnswers(Channel channel) {
        try {
            return Echo.answers(channel);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the channel neither answers nor ends", e);
        } catch (IOException e) {
            return false;
        }
    }

    /** A host that is in one group with this one and serves it a feed. */
    private Node member() {
        Node there = new Node(network, limits);
        Node.link(here, there);
        there.serve(new Echo("feed/1"));
        return there;
    }

    private Channel feed(Node there) throws IOException {
        Channel channel = here.peers().open(there.id(), "feed/1");
        return channel;
    }

    private static Channel pair(Node from, Node to) throws IOException {
        return from.peers().open(to.endpoint, to.id(), "pair/1", LIMIT);
    }
}

package org.bowline.group.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.group.feed.FeedFrame.Hello;
import org.bowline.group.feed.FeedFrame.Refused;
import org.bowline.group.state.Json;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.Ordered;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedServerTest {
    private static final String GROUP = "aaaaaaaaaaaaaaaa";
    private static final long REVISION = 5;
    private static final long LINK = 2;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ObjectMapper json = Json.mapper();
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final TestIdentity voter = new TestIdentity();
    private final TestIdentity follower = new TestIdentity();
    private volatile boolean ready = true;
    private final FeedServer server = new FeedServer(json, new SnapshotCodec(json), this::source);
    private LoopbackPeers serving;
    private LoopbackPeers asking;

    @BeforeEach
    void start() throws IOException {
        Endpoint there = network.reserve();
        Endpoint here = network.reserve();
        TrustedHost[] both = {voter.trusted(there), follower.trusted(here)};
        MemoryTrust trust = new MemoryTrust(both);
        serving = new LoopbackPeers(network.join(there, voter, trust), trust);
        asking = new LoopbackPeers(network.join(here, follower, trust), trust);
        serving.host(new Feed(server));
    }

    private record Feed(FeedServer server) implements ProtocolHandler {
        @Override
        public String protocol() {
            return "feed/1";
        }

        @Override
        public void handle(Channel channel) throws IOException {
            server.serve(channel);
        }
    }

    private FeedServer.Source source() {
        Member member =
                new Member(
                        follower.id(),
                        follower.key(),
                        TestHost.linkableFacts("follower", network.reserve()),
                        LINK);
        Ordered<Member> members = Ordered.<Member>empty().put(follower.id().value(), member);
        State state = new State(REVISION, Ordered.empty(), members, Ordered.empty());
        Set<HostId> voters = Set.of(voter.id());
        return new FeedServer.Source(GROUP, 1, new Ledger(state), () -> ready, () -> voters);
    }

    @AfterEach
    void stop() throws IOException {
        asking.close();
        serving.close();
    }

    private FeedFrame answer(Hello hello) throws IOException {
        try (Channel channel = asking.open(voter.id(), "feed/1")) {
            greet(channel, hello);
            return Objects.requireNonNull(
                    FeedFrame.read(new DataInputStream(channel.input())), "no answer");
        }
    }

    private void greet(Channel channel, Hello hello) throws IOException {
        new FeedFrame(FeedFrame.HELLO, json.writeValueAsBytes(hello)).write(channel.output());
        channel.output().flush();
    }

    private Refused refusal(Hello hello) throws IOException {
        FeedFrame answer = answer(hello);
        assertThat(answer.kind()).isEqualTo(FeedFrame.REFUSED);
        return json.readValue(answer.payload(), Refused.class);
    }

    @Test
    void tellsItsRevisionAtOnce() throws IOException {
        FeedFrame answer = answer(new Hello(1, GROUP, 1, LINK, REVISION));

        assertThat(answer.kind()).isEqualTo(FeedFrame.BEAT);
        assertThat(ByteBuffer.wrap(answer.payload()).getLong()).isEqualTo(REVISION);
    }

    @Test
    void knowsWhomItFeedsUntilPresenceHearsThemNoMore() throws IOException {
        assertThat(server.feeds(follower.id(), AT_ONCE)).isFalse();
        try (Channel channel = asking.open(voter.id(), "feed/1")) {
            greet(channel, new Hello(1, GROUP, 1, LINK, REVISION));
            DataInputStream in = new DataInputStream(channel.input());
            FeedFrame.read(in);
            FeedFrame.read(in); // before it is sent, that the first one was taken is noted
            server.heard(Set.of()); // presence may come later than the feed
            assertThat(server.feeds(follower.id(), AT_ONCE)).isTrue();

            server.heard(Set.of(follower.id()));
            server.heard(Set.of());
            server.heard(Set.of(follower.id()));

            assertThat(server.feeds(follower.id(), AT_ONCE)).isFalse(); // open as the channel is
            assertThat(server.feeds(follower.id(), Duration.ofMinutes(1))).isTrue();
        }
    }

    @Test
    void cannotFeedWhoKnowsMore() throws IOException {
        Refused refused = refusal(new Hello(1, GROUP, 1, LINK, REVISION + 1));

        assertThat(refused)
                .isEqualTo(new Refused(Refused.NOT_READY, GROUP, 1, REVISION, Set.of(voter.id())));
    }

    @Test
    void saysWhoVotesWhenItDoesNot() throws IOException {
        ready = false;

        Refused refused = refusal(new Hello(1, GROUP, 1, LINK, 3));

        assertThat(refused.code()).isEqualTo(Refused.NOT_READY);
        assertThat(refused.voters()).containsExactly(voter.id());
    }

    @Test
    void saysNotWhoVotesToWhoIsNoMemberOrOfAnotherGroup() throws IOException {
        List<Hello> strange =
                List.of(
                        new Hello(1, GROUP, 1, LINK - 1, 3),
                        new Hello(1, GROUP, 2, LINK, 3),
                        new Hello(1, "b".repeat(16), 1, LINK, 3));

        for (Hello hello : strange) {
            assertThat(refusal(hello).voters()).isEmpty();
        }
        assertThat(refusal(strange.get(0)).code()).isEqualTo(Refused.NOT_A_MEMBER);
        assertThat(refusal(strange.get(1)).code()).isEqualTo(Refused.OTHER_GROUP);
        assertThat(refusal(strange.get(2)).code()).isEqualTo(Refused.OTHER_GROUP);
    }

    @Test
    void aRefusalOfARoomThatNamesNoVotersIsRead() throws IOException {
        String old = "{\"code\":\"not-ready\",\"group\":\"g\",\"generation\":1,\"revision\":2}";

        assertThat(json.readValue(old, Refused.class).voters()).isEmpty();
    }
}

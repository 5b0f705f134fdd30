package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Member;
import org.bowline.group.feed.FeedServer;
import org.bowline.group.state.Json;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.Ordered;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that is no voter serves a feed all the same, and says in it who the members are. */
class ForgedFeedTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final TestIdentity attacker = new TestIdentity();
    private final AtomicInteger asked = new AtomicInteger();
    private GroupHost leader;
    private GroupHost liar;
    private GroupHost victim;

    @BeforeEach
    void start() throws IOException {
        leader = GroupHost.start(network, "a", data);
        liar = GroupHost.start(network, "b", data);
        victim = GroupHost.start(network, "c", data);
        leader.write("true");
        leader.link(liar);
        leader.link(victim);
        await().until(() -> victim.view().feed() == FeedState.CONNECTED);
        await().untilAsserted(() -> assertThat(victim.texts()).containsExactly("true"));
    }

    @AfterEach
    void stop() throws IOException {
        leader.close();
        liar.close();
        victim.close();
    }

    private FeedServer.Source forged() {
        Member stranger =
                new Member(
                        attacker.id(),
                        attacker.key(),
                        TestHost.linkableFacts("stranger", network.reserve()),
                        1);
        Member deceived = victim.view().member(victim.id()).orElseThrow();
        Ordered<Member> members =
                Ordered.<Member>empty()
                        .put(attacker.id().value(), stranger)
                        .put(victim.id().value(), deceived);
        State state = new State(1_000, Ordered.empty(), members, Ordered.empty());
        return new FeedServer.Source(
                leader.view().id(),
                leader.view().generation(),
                new Ledger(state),
                () -> true,
                () -> Set.of(liar.id()));
    }

    private void lie() {
        FeedServer server =
                new FeedServer(Json.mapper(), new SnapshotCodec(Json.mapper()), this::forged);
        liar.serve(
                new Served(
                        "feed/1",
                        channel -> {
                            asked.incrementAndGet();
                            server.serve(channel);
                        }));
    }

    @Test
    void changesNothingOnAFollowerWhoseVoterIsAway() throws IOException {
        lie();

        network.isolate(leader.id());

        await().atMost(LONG_ENOUGH.multipliedBy(2))
                .during(LONG_ENOUGH)
                .untilAsserted(
                        () -> {
                            assertThat(victim.view().feed()).isNotEqualTo(FeedState.REFUSED);
                            assertThat(victim.view().members()).isEqualTo(leader.view().members());
                            assertThat(victim.trusted())
                                    .containsExactlyInAnyOrder(leader.id(), liar.id(), victim.id());
                        });
        assertThat(asked).hasValue(0);
        assertThat(victim.view().feed()).isEqualTo(FeedState.SEARCHING);
        assertThat(victim.texts()).containsExactly("true");

        network.heal();
        leader.write("later");

        await().untilAsserted(() -> assertThat(victim.texts()).containsExactly("later", "true"));
    }

    @Test
    void changesNothingOnAFollowerThatStartsAgain() throws IOException {
        lie();
        network.isolate(leader.id());

        victim.stop();
        victim.start();

        await().atMost(LONG_ENOUGH.multipliedBy(2))
                .during(LONG_ENOUGH)
                .until(() -> victim.view().feed() == FeedState.SEARCHING);
        assertThat(asked).hasValue(0);
        assertThat(victim.view().members()).isEqualTo(leader.view().members());
        assertThat(victim.trusted()).doesNotContain(attacker.id());
    }
}

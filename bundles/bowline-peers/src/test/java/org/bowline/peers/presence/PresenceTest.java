package org.bowline.peers.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;
import org.bowline.peers.Node;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    /** Ten times as fast as usual. */
    private static final Pace FAST =
            new Pace(
                    Duration.ofMillis(100),
                    Duration.ofMillis(700),
                    3,
                    Duration.ofMillis(10),
                    Duration.ofMillis(20));

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LoopbackNetwork network = new LoopbackNetwork();
    private final List<Talker> talkers = new ArrayList<>();

    @AfterEach
    void end() {
        talkers.forEach(Talker::close);
    }

    @Test
    void everyHostHearsWhatEveryOtherSays() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);

        leader.says("content", "l");
        one.says("content", "1");
        other.says("content", "2");

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> {
                            for (Talker talker : talkers) {
                                assertThat(talker.hears(leader)).contains("l");
                                assertThat(talker.hears(one)).contains("1");
                                assertThat(talker.hears(other)).contains("2");
                                assertThat(talker.presence.heard()).hasSize(3);
                            }
                        });
        assertThat(other.presence.heard().get(one.id()).bootId()).isEqualTo(one.boot);
    }

    @Test
    void aChangeOnAFollowerIsOnTheOtherInLessThanASecond() {
        Talker leader = talker(Pace.USUAL);
        Talker one = talker(Pace.USUAL);
        Talker other = talker(Pace.USUAL);
        lead(leader, one, other);
        one.says("content", "before");
        await().atMost(LIMIT).until(() -> other.hears(one).isPresent());

        long said = System.nanoTime();
        one.says("content", "after");

        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> other.hears(one).equals(Optional.of("after")));
        assertThat(Duration.ofNanos(System.nanoTime() - said)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aValueThatIsTakenBackIsGoneEverywhere() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        lead(leader, one);
        one.says("content", "x");
        await().atMost(LIMIT).until(() -> leader.hears(one).isPresent());

        one.says("content", "");

        await().atMost(LIMIT).until(() -> leader.hears(one).isEmpty());
    }

    @Test
    void aHostThatIsCutOffIsUnreachableForAllAndComesBack() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);
        await().atMost(LIMIT).until(() -> other.reaches(one) && leader.reaches(one));

        network.isolate(one.id());

        await().atMost(LIMIT).until(() -> !leader.reaches(one) && !other.reaches(one));
        assertThat(leader.presence.heard().get(one.id()).age()).isGreaterThan(FAST.silence());
        assertThat(leader.reaches(other) && other.reaches(leader)).isTrue();

        network.heal();

        await().atMost(LIMIT).until(() -> leader.reaches(one) && other.reaches(one));
        await().atMost(LIMIT).until(() -> one.reaches(leader) && one.reaches(other));
    }

    @Test
    void withoutTheLeaderFollowersGoOnHearingEachOther() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);
        await().atMost(LIMIT).until(() -> one.reaches(other) && other.reaches(one));

        network.isolate(leader.id());
        await().atMost(LIMIT).until(() -> !one.reaches(leader) && !other.reaches(leader));
        one.says("content", "alone");
        await().atMost(LIMIT).until(() -> other.hears(one).equals(Optional.of("alone")));
        assertThat(one.reaches(other) && other.reaches(one)).isTrue();

        network.heal();
        await().atMost(LIMIT)
                .until(
                        () ->
                                one.reaches(leader)
                                        && leader.reaches(one)
                                        && leader.reaches(other)
                                        && leader.hears(one).equals(Optional.of("alone")));
        await().atMost(LIMIT).until(() -> one.links() == 1 && other.links() == 1);
        assertThat(one.reaches(other) && other.reaches(one)).isTrue();
    }

    @Test
    void whoIsToldToDialEverybodyHearsEverybody() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);
        await().atMost(LIMIT).until(() -> one.reaches(other) && other.reaches(one));

        network.isolate(leader.id());
        one.presence.arrange(Set.of(leader.id(), other.id()), Set.of(leader.id()), false);
        other.presence.arrange(Set.of(leader.id(), one.id()), Set.of(leader.id()), false);

        one.says("content", "alone");
        await().atMost(LIMIT).until(() -> other.hears(one).equals(Optional.of("alone")));
        await().atMost(LIMIT).until(() -> !one.reaches(leader) && !other.reaches(leader));
        await().atMost(LIMIT).until(() -> one.reaches(other) && other.reaches(one));

        network.heal();
        one.presence.arrange(Set.of(leader.id()), Set.of(leader.id()), false);
        other.presence.arrange(Set.of(leader.id()), Set.of(leader.id()), false);
        await().atMost(LIMIT).until(() -> one.reaches(leader) && other.reaches(leader));
        await().atMost(LIMIT).until(() -> one.reaches(other) && other.reaches(one));
    }

    @Test
    void leadersTellEachOtherOfTheirFollowers() {
        Talker here = talker(FAST);
        Talker there = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        link();
        here.presence.arrange(Set.of(there.id()), Set.of(there.id()), true);
        there.presence.arrange(Set.of(here.id()), Set.of(here.id()), true);
        one.presence.arrange(Set.of(here.id()), Set.of(here.id()), false);
        other.presence.arrange(Set.of(there.id()), Set.of(there.id()), false);

        one.says("content", "1");
        await().atMost(LIMIT).until(() -> other.hears(one).equals(Optional.of("1")));

        network.isolate(one.id());
        await().atMost(LIMIT).until(() -> !other.reaches(one) && !there.reaches(one));
        assertThat(other.reaches(here) && here.reaches(other)).isTrue();

        network.heal();
        await().atMost(LIMIT).until(() -> other.reaches(one) && there.reaches(one));
    }

    @Test
    void anExpelledHostIsForgottenByAll() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);
        await().atMost(LIMIT).until(() -> other.reaches(one) && leader.reaches(one));

        leader.node.trusts(leader.node, other.node);
        other.node.trusts(leader.node, other.node);

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> {
                            assertThat(leader.presence.heard()).doesNotContainKey(one.id());
                            assertThat(other.presence.heard()).doesNotContainKey(one.id());
                        });
    }

    @Test
    void anotherLeaderTakesOver() {
        Talker leader = talker(FAST);
        Talker heir = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, heir, one, other);
        await().atMost(LIMIT).until(() -> one.reaches(other) && one.reaches(heir));
        network.isolate(leader.id());

        heir.presence.arrange(Set.of(), Set.of(), true);
        one.presence.arrange(Set.of(heir.id()), Set.of(heir.id()), false);
        other.presence.arrange(Set.of(heir.id()), Set.of(heir.id()), false);
        one.says("content", "new");

        await().atMost(LIMIT).until(() -> other.hears(one).equals(Optional.of("new")));
        await().atMost(LIMIT).until(() -> !one.reaches(leader) && !other.reaches(leader));
        assertThat(one.reaches(other) && heir.reaches(one)).isTrue();
    }

    @Test
    void anAgentThatIsStartedAnewSpeaksForItself() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        Talker other = talker(FAST);
        lead(leader, one, other);
        one.says("content", "first run");
        one.says("health", "first run");
        await().atMost(LIMIT).until(() -> other.hears(one).isPresent());

        Talker again = one.restarted();
        talkers.add(again);
        again.presence.arrange(Set.of(leader.id()), Set.of(leader.id()), false);
        again.says("content", "second run");

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> {
                            Said said = other.presence.heard().get(one.id());
                            assertThat(said.bootId()).isEqualTo(again.boot);
                            assertThat(said.text("content")).contains("second run");
                            assertThat(said.text("health")).isEmpty();
                        });
    }

    @Test
    void watchersAreCalledUntilTheyClose() {
        Talker leader = talker(FAST);
        Talker one = talker(FAST);
        lead(leader, one);
        AtomicInteger calls = new AtomicInteger();
        Subscription watch = leader.presence.watch(calls::incrementAndGet);

        one.says("content", "x");
        await().atMost(LIMIT).until(() -> leader.hears(one).isPresent() && calls.get() > 0);
        watch.close();
        int before = calls.get();
        one.says("content", "y");
        await().atMost(LIMIT).until(() -> leader.hears(one).equals(Optional.of("y")));

        assertThat(calls).hasValue(before);
    }

    @Test
    void whatIsTooLargeIsRefusedWithItsSize() {
        Talker alone = talker(FAST);

        assertThatThrownBy(() -> alone.presence.say("content", new byte[1025]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025");
        for (int i = 0; i < WordCodec.MAX_KEYS; i++) {
            alone.says("key" + i, "x");
        }
        assertThatThrownBy(() -> alone.says("one more", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one more");
    }

    /** Links all, and arranges them as a leader and its followers. */
    private void lead(Talker leader, Talker... followers) {
        link();
        leader.presence.arrange(Set.of(), Set.of(), true);
        Stream.of(followers)
                .forEach(f -> f.presence.arrange(Set.of(leader.id()), Set.of(leader.id()), false));
    }

    private void link() {
        Node.link(talkers.stream().map(talker -> talker.node).toArray(Node[]::new));
    }

    private Talker talker(Pace pace) {
        Talker talker = new Talker(new Node(network), pace);
        talkers.add(talker);
        return talker;
    }

    /** A host and its presence. */
    private static final class Talker {
        final Node node;
        final Pace pace;
        final String boot = UUID.randomUUID().toString();
        final BeatPresence presence;

        Talker(Node node, Pace pace) {
            this.node = node;
            this.pace = pace;
            presence = new BeatPresence(node.peers(), node.trust, node.id(), boot, pace);
            node.serve(presence);
            presence.start();
        }

        Talker restarted() {
            presence.stop();
            node.unserve(presence);
            return new Talker(node, pace);
        }

        HostId id() {
            return node.id();
        }

        void says(String key, String value) {
            presence.say(key, value.getBytes(UTF_8));
        }

        Optional<String> hears(Talker other) {
            return Optional.ofNullable(presence.heard().get(other.id()))
                    .flatMap(said -> said.text("content"));
        }

        boolean reaches(Talker other) {
            Map<HostId, Said> heard = presence.heard();
            return heard.containsKey(other.id()) && heard.get(other.id()).reachable();
        }

        int links() {
            return node.channels();
        }

        void close() {
            presence.stop();
            node.close();
        }
    }
}

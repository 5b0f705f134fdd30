package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Standing;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.Reason;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeavingTest {
    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;

    @BeforeEach
    void leaderAndFollower() throws IOException {
        lan = new Lan(data);
        a = lan.host("a");
        b = lan.host("b");
        assertThat(b.link(a.lead()).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    @Test
    void aFollowerUnlinksItself() throws IOException {
        b.pairing().unlink(Box.OPERATOR);

        assertThat(b.pairing().link().follower()).isFalse();
        assertThat(b.pairing().hosts()).extracting(HostRow::name).containsExactly("b");
        assertThat(a.pairing().hosts()).extracting(HostRow::name).containsExactly("a");
        assertThat(goodbyes().open()).isEmpty();
    }

    @Test
    void aFollowerIsFreeAtOnceWhileItsLeaderIsAwayWhichLearnsOfItLater() throws IOException {
        lan.network.isolate(a.id());

        b.pairing().unlink(Box.OPERATOR);

        assertThat(b.pairing().link().follower()).isFalse();
        assertThat(a.pairing().hosts()).hasSize(2);
        assertThat(goodbyes().open()).hasSize(1);
        b.restart();
        lan.network.heal();
        await().untilAsserted(
                        () -> {
                            b.time.pass(31);
                            b.pairing().followerRound();
                            assertThat(a.pairing().hosts()).hasSize(1);
                        });
        assertThat(goodbyes().open()).isEmpty();
    }

    @Test
    void aGoodbyeOfAnOldLinkNeverHitsANewOne() throws IOException {
        lan.network.isolate(a.id());
        b.pairing().unlink(Box.OPERATOR);
        lan.network.heal();
        assertThat(b.link(a.token()).status()).isEqualTo(LinkStatus.COMPLETED);

        await().untilAsserted(
                        () -> {
                            b.time.pass(31);
                            b.pairing().followerRound();
                            assertThat(goodbyes().open()).isEmpty();
                        });

        assertThat(a.pairing().hosts()).hasSize(2);
        assertThat(b.pairing().link().follower()).isTrue();
    }

    @Test
    void anUnlinkThatTheAgentsEndBrokeOffIsFinishedAtTheNextStart() throws IOException {
        goodbyes().add(Goodbye.to(b.group.view()));

        b.restart();

        await().untilAsserted(() -> assertThat(b.pairing().link().follower()).isFalse());
        assertThat(a.pairing().hosts()).hasSize(1);
        await().untilAsserted(() -> assertThat(goodbyes().open()).isEmpty());
    }

    @Test
    void aLeaderUnlinksAFollowerWhichLearnsOfIt() throws IOException {
        a.pairing().unlink(b.id(), Box.OPERATOR);

        assertThat(a.pairing().hosts()).extracting(HostRow::name).containsExactly("a");
        await().untilAsserted(() -> assertThat(b.pairing().link().follower()).isFalse());
        assertThat(b.pairing().hosts()).extracting(HostRow::name).containsExactly("b");
    }

    @Test
    void aFollowerThatWasTakenOutWhileItWasAwayLearnsOfItOnReturn() throws IOException {
        lan.network.isolate(b.id());
        a.pairing().unlink(b.id(), Box.OPERATOR);
        b.pairing().followerRound();
        assertThat(b.pairing().link().follower()).isTrue();

        lan.network.heal();

        await().untilAsserted(
                        () -> {
                            b.time.pass(31);
                            b.pairing().followerRound();
                            assertThat(b.pairing().link().follower()).isFalse();
                        });
    }

    @Test
    void aFollowerStaysUnlessItsLeaderSaysThatItIsOutOfThisGroup() throws IOException {
        a.host(
                standing(
                        new Standing(
                                Standing.State.OTHER_GROUP, b.group.view().id(), 1, 99, null)));
        a.pairing().unlink(b.id(), Box.OPERATOR);
        b.time.pass(31);
        b.pairing().followerRound();
        assertThat(b.pairing().link().follower()).isTrue();

        a.host(standing(new Standing(Standing.State.OUT, "othergroupaaaaaa", 1, 99, null)));
        b.time.pass(31);
        b.pairing().followerRound();
        assertThat(b.pairing().link().follower()).isTrue();

        a.host(standing(new Standing(Standing.State.OUT, b.group.view().id(), 1, 99, null)));
        b.time.pass(31);
        b.pairing().followerRound();
        assertThat(b.pairing().link().follower()).isFalse();
    }

    @Test
    void unlinkHasItsPlaces() throws IOException {
        Box c = lan.host("c");
        c.link(a.token());

        assertThat(refusal(() -> a.pairing().unlink(Box.OPERATOR))).isEqualTo(Refusal.NOT_FOLLOWER);
        assertThat(refusal(() -> a.pairing().unlink(a.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.NOT_FOLLOWER);
        assertThat(refusal(() -> b.pairing().unlink(c.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.USE_THE_LEADER);
        assertThat(refusal(() -> a.pairing().unlink(lan.host("d").id(), Box.OPERATOR)))
                .isEqualTo(Refusal.HOST_UNKNOWN);
        assertThat(a.pairing().hosts()).hasSize(3);
    }

    @Test
    void aStrangersGoodbyeTakesNobodyOut() throws IOException {
        Box stranger = lan.host("stranger");
        long link = a.group.view().member(b.id()).orElseThrow().link();
        Errand errand =
                Errand.to(
                        stranger.ground(),
                        a.id(),
                        a.host.facts().endpoints(),
                        java.time.Duration.ofSeconds(3));

        errand.ask("leave", new Words.Member(a.group.view().id(), link), "done", Words.Done.class);

        assertThat(a.pairing().hosts()).hasSize(2);
    }

    @Test
    void anUnlinkedHostCanBeLinkedAgain() throws IOException {
        b.pairing().unlink(Box.OPERATOR);

        assertThat(b.link(a.token()).status()).isEqualTo(LinkStatus.COMPLETED);
        assertThat(a.pairing().hosts()).hasSize(2);
    }

    @Test
    void tokenGenerationStopsOnlyWithoutFollowersAndTheHostCanThenBeLinked() throws IOException {
        assertThat(refusal(() -> a.pairing().stopLeading(Box.OPERATOR)))
                .isEqualTo(Refusal.HAS_FOLLOWERS);
        assertThat(a.pairing().leader().cannotStop().map(Reason::detail))
                .contains("Linked to it: b");
        assertThat(a.pairing().leader().leading()).isTrue();

        b.pairing().unlink(Box.OPERATOR);
        a.pairing().stopLeading(Box.OPERATOR);

        assertThat(a.pairing().leader().leading()).isFalse();
        assertThat(a.pairing().leader().token()).isEmpty();
        assertThat(refusal(() -> a.pairing().stopLeading(Box.OPERATOR)))
                .isEqualTo(Refusal.NOT_LEADING);
        assertThat(a.link(b.lead()).status()).isEqualTo(LinkStatus.COMPLETED);
        assertThat(a.pairing().link().leader()).contains(b.id());
    }

    private Goodbyes goodbyes() {
        return new Goodbyes(data.resolve("b/pairing"));
    }

    private static ProtocolHandler standing(Standing answer) {
        return new ProtocolHandler() {
            @Override
            public String protocol() {
                return PairHandler.PROTOCOL;
            }

            @Override
            public void handle(Channel channel) throws IOException {
                PairStream stream = new PairStream(channel);
                stream.receive("standing");
                stream.send("stands", answer);
            }
        };
    }

    private interface Act {
        void run() throws IOException;
    }

    private static Refusal refusal(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run).refusal();
    }
}

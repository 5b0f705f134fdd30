package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
    private static final Optional<Duration> LONG = Optional.of(Duration.ofSeconds(31));

    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;
    private Box c;

    @BeforeEach
    void aLeaderWithTwoFollowers() throws IOException {
        lan = new Lan(data);
        a = lan.host("a");
        b = lan.host("b");
        c = lan.host("c");
        assertThat(b.link(a.lead()).status()).isEqualTo(LinkStatus.COMPLETED);
        assertThat(c.link(a.token()).status()).isEqualTo(LinkStatus.COMPLETED);
        await().until(() -> joiningIsOver(b) && joiningIsOver(c));
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    @Test
    void aFollowerTakesOverOnlyAfterItsLeaderWasLostForHalfAMinute() throws IOException {
        assertThat(cannotTakeOver(b)).contains(Refusal.LEADER_REACHABLE);
        assertThat(refusal(() -> b.pairing().takeOver(Box.OPERATOR)))
                .isEqualTo(Refusal.LEADER_REACHABLE);
        b.group.loseLeader(Optional.of(Duration.ofSeconds(29)));
        assertThat(b.pairing().leader().cannotTakeOver().orElseThrow().detail())
                .isEqualTo("a has not answered for 29 s; after 30 s it counts as lost");
        b.group.loseLeader(LONG);
        assertThat(cannotTakeOver(b)).isEmpty();
        assertThat(b.pairing().link().leaderLostSeconds()).contains(31L);

        b.pairing().takeOver(Box.OPERATOR);

        assertThat(b.pairing().leader().leading()).isTrue();
        assertThat(b.pairing().leader().token()).isPresent();
        assertThat(b.group.view().generation()).isEqualTo(2);
        assertThat(b.pairing().hosts()).filteredOn(HostRow::leader).hasSize(1);
        assertThat(b.pairing().hosts().get(0).name()).isEqualTo("b");
        assertThat(b.recorded())
                .contains("leader.takeover refused leader-reachable", "leader.takeover done");
    }

    @Test
    void aHostThatLeadsOrIsAloneTakesNothingOver() throws IOException {
        assertThat(cannotTakeOver(a)).contains(Refusal.NOT_FOLLOWER);
        assertThat(cannotTakeOver(lan.host("d"))).contains(Refusal.NOT_FOLLOWER);
        assertThat(refusal(() -> a.pairing().yield(Box.OPERATOR)))
                .isEqualTo(Refusal.NOT_CHALLENGED);
    }

    @Test
    void thoseWhoLostTheLeaderTooFollowAndTheOldLeaderYieldsToTheMost() throws IOException {
        b.group.loseLeader(LONG);
        c.group.loseLeader(LONG);
        lan.network.isolate(a.id());

        b.pairing().takeOver(Box.OPERATOR);

        await().until(() -> shown(b) && follows(c, b));
        assertThat(a.pairing().leader().leading()).as("it knows nothing yet").isTrue();
        lan.network.heal();
        await().until(() -> shown(b) && follows(a, b));
        assertThat(a.pairing().leader().leading()).isFalse();
        assertThat(a.pairing().leader().token()).isEmpty();
        await().untilAsserted(
                        () ->
                                assertThat(a.recorded())
                                        .contains("leader.challenged done", "leader.yield done"));
        assertThat(c.recorded()).contains("group.follow done");
        assertThat(b.pairing().hosts()).extracting(HostRow::name).containsExactly("b", "a", "c");
    }

    @Test
    void aFollowerThatStillHasItsLeaderStaysAndTheLeaderAsksItsOperator() throws IOException {
        b.group.loseLeader(LONG);
        String token = a.token();

        b.pairing().takeOver(Box.OPERATOR);
        await().until(() -> shown(b) && a.pairing().leader().challenge().isPresent());
        await().until(() -> a.pairing().leader().challenge().orElseThrow().following() == 1);

        assertThat(c.pairing().link().leader()).contains(a.id());
        assertThat(a.pairing().leader().token()).isEmpty();
        assertThat(a.pairing().leader().challenge().orElseThrow().name()).isEqualTo("b");
        assertThat(a.pairing().leader().challenge().orElseThrow().members()).isEqualTo(2);
        assertThat(refusal(() -> a.pairing().unlink(c.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.SUPERSEDED);
        Box d = lan.host("d");
        assertThat(d.link(token).reason().orElseThrow().refusal())
                .isIn(Refusal.SUPERSEDED, Refusal.TOKEN_UNKNOWN);

        a.pairing().yield(Box.OPERATOR);

        assertThat(a.pairing().link().leader()).contains(b.id());
    }

    @Test
    void theWordOfTheChallengerAloneMovesNoLeaderThatLed() throws IOException {
        c.pairing().unlink(Box.OPERATOR);
        await().until(() -> a.pairing().hosts().size() == 2);
        follow(b, a);
        a.pairing().followerRound();
        b.group.loseLeader(LONG);

        b.pairing().takeOver(Box.OPERATOR);
        await().until(() -> shown(b) && a.pairing().leader().challenge().isPresent());
        await().until(
                        () -> {
                            a.time.pass(3);
                            a.pairing().followerRound();
                            return a.pairing().leader().challenge().orElseThrow().following() == 1;
                        });

        assertThat(a.pairing().leader().leading()).as("its operator decides").isTrue();
    }

    @Test
    void aLeaderOfTwoThatWasAwayItselfFollowsByItself() throws IOException {
        c.pairing().unlink(Box.OPERATOR);
        await().until(() -> a.pairing().hosts().size() == 2);
        b.group.loseLeader(LONG);
        b.pairing().takeOver(Box.OPERATOR);

        a.restart();

        await().until(
                        () -> {
                            a.time.pass(3);
                            return shown(b) && follows(a, b);
                        });
    }

    @Test
    void whoUnlinkedItselfWhileTheLeaderWasLostIsGoneWhereTheGroupLivesOn() throws IOException {
        lan.network.isolate(a.id());
        c.pairing().unlink(Box.OPERATOR);
        b.group.loseLeader(LONG);

        b.pairing().takeOver(Box.OPERATOR);

        await().until(
                        () -> {
                            c.time.pass(31);
                            c.pairing().followerRound();
                            return b.group.view().member(c.id()).isEmpty();
                        });
    }

    @Test
    void aLeaderThatWasForgottenAsksWhereItStands() throws IOException {
        b.group.loseLeader(LONG);
        c.group.loseLeader(LONG);
        lan.network.isolate(a.id());
        b.pairing().takeOver(Box.OPERATOR);
        await().until(() -> shown(b) && follows(c, b));
        lan.board.reachable(a.id(), false);
        b.pairing().forget(a.id(), Box.OPERATOR);
        lan.network.heal();
        lan.board.reachable(b.id(), false);
        lan.board.reachable(c.id(), false);

        await().until(
                        () -> {
                            a.time.pass(31);
                            a.pairing().followerRound();
                            return a.group.view().alone();
                        });

        assertThat(a.group.view().id()).isNotEqualTo(b.group.view().id());
    }

    /** That host says in presence that it is in the group of that leader. */
    private static void follow(Box host, Box leader) {
        String place = "{\"id\":\"%s\",\"generation\":1,\"revision\":1}";
        host.presence.say(
                "group",
                place.formatted(leader.group.view().id()).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChallengedLeaderMayTakeOverAgainAndIsFollowed() throws IOException {
        b.group.loseLeader(LONG);
        b.pairing().takeOver(Box.OPERATOR);
        await().until(() -> shown(b) && a.pairing().leader().challenge().isPresent());
        assertThat(cannotTakeOver(a)).isEmpty();

        a.pairing().takeOver(Box.OPERATOR);

        assertThat(a.group.view().generation()).isEqualTo(3);
        assertThat(a.pairing().leader().token()).isPresent();
        await().until(() -> shown(a) && follows(c, a));
        await().until(() -> shown(a) && follows(b, a));
    }

    @Test
    void anAgentThatStoppedWhileItTookOverLeadsWhenItStartsAgain() throws IOException {
        b.group.loseLeader(LONG);
        b.group.takeOver(Box.OPERATOR);

        b.restart();

        await().until(() -> b.pairing().leader().leading());
    }

    @Test
    void aPlanTellsWhatChangesAndChangesNothing() throws IOException {
        String before = a.state() + b.state();

        Plan early = b.pairing().plan(Plan.Act.TAKE_OVER, Optional.empty());
        b.group.loseLeader(LONG);
        Plan plan = b.pairing().plan(Plan.Act.TAKE_OVER, Optional.empty());

        assertThat(early.refused().map(Reason::refusal)).contains(Refusal.LEADER_REACHABLE);
        assertThat(plan.refused()).isEmpty();
        assertThat(plan.changes().get(0).what())
                .isEqualTo("becomes the leader of this group in generation 2");
        assertThat(plan.changes()).extracting(Plan.Change::host).contains("a", "c");
        b.group.loseLeader(Optional.empty());
        assertThat(a.state() + b.state()).isEqualTo(before);
    }

    @Test
    void aMemberOfAnotherGenerationIsShownAsAnIsland() throws IOException {
        b.presence.say(
                "group",
                "{\"id\":\"zzzzzzzzzzzzzzzz\",\"generation\":2,\"revision\":9}"
                        .getBytes(StandardCharsets.UTF_8));

        HostRow.Cell health = a.pairing().hosts().get(1).health();

        assertThat(health.state()).isEqualTo("unhealthy");
        assertThat(health.reason()).isEqualTo("It is on an island: generation 2, here it is 1");
        assertThat(health.fix()).isNotBlank();
    }

    /** Time goes by for the leader that took over, so that it shows that again. */
    private static boolean shown(Box leader) {
        leader.time.pass(16);
        leader.pairing().followerRound();
        return true;
    }

    private static boolean follows(Box host, Box leader) {
        host.time.pass(3); // so that it asks again
        host.pairing().followerRound();
        return host.pairing().link().leader().filter(leader.id()::equals).isPresent();
    }

    private static boolean joiningIsOver(Box host) {
        return host.group
                .slice(LinkFact.SLICE, LinkFact.class)
                .get(LinkFact.joining(host.id()))
                .isEmpty();
    }

    private static Optional<Refusal> cannotTakeOver(Box box) {
        return box.pairing().leader().cannotTakeOver().map(Reason::refusal);
    }

    private interface Act {
        void run() throws IOException;
    }

    private static Refusal refusal(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run).refusal();
    }
}

package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bowline.api.Refusal;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old leader returns, or was there all the time. */
class ChallengeTest {
    @TempDir Path data;
    private LinkedHosts hosts;
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;
    private String old;

    @BeforeEach
    void start() throws IOException {
        hosts = new LinkedHosts(data, "b", "c", "d");
        a = hosts.get("a");
        b = hosts.get("b");
        c = hosts.get("c");
        old = a.view().id();
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
    }

    private Takeover byWhoIsCutOff() throws IOException {
        hosts.network.cut(a.id(), b.id());
        return hosts.takeOver(b);
    }

    @Test
    void theOldLeaderChangesNothingAndFeedsOn() throws IOException {
        Takeover takeover = byWhoIsCutOff();

        LinkedHosts.challenge(a, takeover, b);

        assertThat(a.view().challenge()).contains(takeover);
        assertThat(a.view().id()).isEqualTo(old);
        assertSuperseded();
        assertThat(c.view().feed()).isEqualTo(FeedState.CONNECTED);
        a.kill();
        a.start();
        assertThat(a.view().challenge().map(Takeover::group)).contains(takeover.group());
        assertSuperseded();
        LinkedHosts.awaitFed(c);
        assertThat(a.group().standing(c.id(), old).state()).isEqualTo(Standing.State.MEMBER);
    }

    @Test
    void whoIsFedChallengesNobody() throws IOException {
        Takeover forged = forgedBy(b);

        assertThat(LinkedHosts.refusal(() -> a.group().consider(forged, c.id())))
                .isEqualTo(Refusal.LEADER_REACHABLE);

        assertThat(a.view().challenge()).isEmpty();
        a.write("goes on");
    }

    private Takeover forgedBy(GroupHost thief) {
        List<Takeover.Ancestor> here = List.of(new Takeover.Ancestor(old, 1, a.view().revision()));
        Takeover unsigned = new Takeover("thiefthiefthieft", 2, thief.id(), here, new byte[] {0});
        byte[] signature = thief.identity.sign(unsigned.message());
        return new Takeover(unsigned.group(), 2, thief.id(), here, signature);
    }

    @Test
    void whoChallengesCanBeTakenOutAndThenAllGoesOn() throws IOException {
        Takeover takeover = byWhoIsCutOff();
        LinkedHosts.challenge(a, takeover, b);
        Change out = new Change.Expel(b.id(), 0);
        Change trace = new Change.Remove("pairing", "joining/" + b.id().value());
        Change other = new Change.Expel(c.id(), 0);
        Change more = new Change.Remove("pairing", "joining/" + c.id().value());

        for (List<Change> changes :
                List.of(List.of(other), List.of(out, other), List.of(out, more), List.of(trace))) {
            Commit commit = new Commit(changes, List.of(), GroupHost.ANNA);
            assertThat(LinkedHosts.refusal(() -> a.group().commit(commit)))
                    .isEqualTo(Refusal.SUPERSEDED);
        }
        a.group().commit(new Commit(List.of(out, trace), List.of(), GroupHost.ANNA));

        await().until(() -> a.view().challenge().isEmpty());
        a.write("goes on");
        assertThat(LinkedHosts.refusal(() -> a.group().consider(takeover, b.id())))
                .isEqualTo(Refusal.TAKEOVER_REFUSED);
        a.kill();
        a.start();
        assertThat(a.view().challenge()).isEmpty();
        assertThat(a.trusted()).doesNotContain(b.id());
        a.write("and on");
    }

    private void assertSuperseded() {
        assertThat(LinkedHosts.refusal(() -> a.write("no"))).isEqualTo(Refusal.SUPERSEDED);
        assertThat(LinkedHosts.refusal(() -> a.group().wantVoters(Set.of(a.id()))))
                .isEqualTo(Refusal.SUPERSEDED);
        assertThat(LinkedHosts.refusal(() -> a.group().invitation(c.id())))
                .isEqualTo(Refusal.SUPERSEDED);
    }

    @Test
    void whatItAloneAcceptedIsSetAside() throws IOException {
        hosts.network.isolate(a.id());
        long alone = a.write("alone");
        long changed = a.write("one", "changed");
        GroupHost d = hosts.get("d");
        long out = a.group().commit(Commit.of(GroupHost.ANNA, new Change.Expel(d.id(), 0)));
        GroupHost e = hosts.add("e");
        long in = a.group().commit(Commit.of(GroupHost.ANNA, new Change.Admit(e.member())));
        Takeover takeover = hosts.takeOver(b);
        b.write("three");
        hosts.network.heal();
        LinkedHosts.challenge(a, takeover, b);

        a.group().yieldTo(a.view().challenge().orElseThrow());

        assertThat(a.view().voter()).isFalse();
        assertThat(a.view().challenge()).isEmpty();
        LinkedHosts.awaitSame(a, b);
        assertThat(a.texts()).containsExactly("one", "three", "two");
        Aside aside = a.group().aside().get(0);
        assertThat(a.group().aside()).hasSize(1);
        assertThat(aside.group()).isEqualTo(old);
        assertThat(aside.generation()).isEqualTo(1);
        assertThat(aside.successor()).isEqualTo(takeover.group());
        assertThat(aside.items())
                .extracting(Aside.Item::what, Aside.Item::slice, Aside.Item::key, i -> i.revision())
                .containsExactly(
                        tuple(Aside.What.PUT, GroupHost.SLICE, "alone", alone),
                        tuple(Aside.What.PUT, GroupHost.SLICE, "one", changed),
                        tuple(Aside.What.EXPELLED, Precondition.MEMBERS, d.id().value(), out),
                        tuple(Aside.What.ADMITTED, Precondition.MEMBERS, e.id().value(), in));
        assertThat(aside.items().get(0).value())
                .isEqualTo("{\"text\":\"alone\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(aside.items().get(0).actor()).isEqualTo(GroupHost.ANNA);

        a.kill();
        a.start();
        assertThat(a.group().aside()).extracting(Aside::id).containsExactly(aside.id());
        a.group().dropAside(aside.id());
        a.group().dropAside(aside.id());
        a.group().dropAside("../current");
        assertThat(a.group().aside()).isEmpty();
        LinkedHosts.awaitFed(a);
    }

    @Test
    void whatAFollowerAloneGotIsSetAsideToo() throws IOException {
        hosts.network.cut(a.id(), b.id());
        await().until(() -> b.view().leader().isEmpty());
        a.write("late");
        LinkedHosts.awaitSame(c, a);
        hosts.network.isolate(a.id());

        hosts.follow(c, hosts.takeOver(b), b);

        LinkedHosts.awaitSame(c, b);
        assertThat(c.texts()).containsExactly("one", "two");
        assertThat(c.group().aside().get(0).items())
                .extracting(Aside.Item::key)
                .containsExactly("late");
    }

    @Test
    void nothingIsSetAsideWhereNothingIsLost() throws IOException {
        hosts.network.isolate(a.id());
        Takeover takeover = hosts.takeOver(b);
        hosts.network.heal();
        LinkedHosts.challenge(a, takeover, b);

        a.group().yieldTo(takeover);

        LinkedHosts.awaitSame(a, b);
        assertThat(a.group().aside()).isEmpty();
    }

    @Test
    void whoseLeaderHasYieldedFollowsAtOnce() throws IOException {
        Takeover takeover = byWhoIsCutOff();
        hosts.network.heal();
        LinkedHosts.challenge(a, takeover, b);
        a.group().yieldTo(takeover);

        await().until(() -> c.view().feed() == FeedState.REFUSED);
        Standing standing = a.group().standing(c.id(), c.view().id());
        assertThat(standing.state()).isEqualTo(Standing.State.RETIRED);
        assertThat(standing.groupId()).isEqualTo(takeover.group());
        c.group().consider(standing.successor(), a.id());

        assertThat(c.view().id()).isEqualTo(takeover.group());
        LinkedHosts.awaitSame(c, b);
        assertThat(c.group().standing(a.id(), old).state()).isEqualTo(Standing.State.RETIRED);
        assertThat(c.group().standing(a.id(), "aaaaaaaaaaaaaaaa").state())
                .isEqualTo(Standing.State.OTHER_GROUP);
    }

    @Test
    void yieldsToNobodyWhoDoesNotChallenge() throws IOException {
        Takeover takeover = byWhoIsCutOff();

        assertThat(LinkedHosts.refusal(() -> a.group().yieldTo(takeover)))
                .isEqualTo(Refusal.NOT_CHALLENGED);
        assertThat(LinkedHosts.refusal(() -> c.group().yieldTo(takeover)))
                .isEqualTo(Refusal.NOT_CHALLENGED);
    }

    @Test
    void theOldLeaderMayTakeOverAgain() throws IOException {
        hosts.network.isolate(a.id());
        a.write("alone");
        Takeover takeover = hosts.takeOver(b);
        b.write("only b");
        hosts.network.heal();
        LinkedHosts.challenge(a, takeover, b);

        Takeover higher = a.group().takeOver(GroupHost.ANNA);

        assertThat(higher.generation()).isEqualTo(3);
        assertThat(higher.ancestors()).extracting(Takeover.Ancestor::group).containsExactly(old);
        assertThat(a.texts()).containsExactly("alone", "one", "two");
        a.write("again");
        assertThat(a.group().aside()).isEmpty();

        LinkedHosts.challenge(b, higher, a);
        assertThat(LinkedHosts.refusal(() -> b.write("no"))).isEqualTo(Refusal.SUPERSEDED);
        b.group().yieldTo(higher);

        LinkedHosts.awaitSame(b, a);
        assertThat(b.group().aside().get(0).items())
                .extracting(Aside.Item::key)
                .containsExactly("only b");
        Standing first = b.group().standing(c.id(), old);
        Standing second = b.group().standing(c.id(), takeover.group());
        assertThat(List.of(first, second))
                .allSatisfy(
                        standing -> {
                            assertThat(standing.state()).isEqualTo(Standing.State.RETIRED);
                            assertThat(standing.successor().group()).isEqualTo(higher.group());
                        });
        b.kill();
        b.start();
        assertThat(b.group().standing(c.id(), takeover.group()).state())
                .isEqualTo(Standing.State.RETIRED);
    }

    @Test
    void whoCameAfterWhatWasKeptHasNoPlaceThere() throws IOException {
        hosts.network.cut(a.id(), b.id());
        await().until(() -> b.view().leader().isEmpty());
        GroupHost late = hosts.add("e");
        a.link(late);
        LinkedHosts.awaitFed(late);
        Takeover takeover = hosts.takeOver(b);
        hosts.network.isolate(a.id());
        late.awaitLost();

        assertThat(LinkedHosts.refusal(() -> late.group().consider(takeover, b.id())))
                .isEqualTo(Refusal.HOST_UNKNOWN);

        assertThat(late.view().id()).isEqualTo(old);
    }
}

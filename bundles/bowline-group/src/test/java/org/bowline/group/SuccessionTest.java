package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
import org.bowline.api.group.Takeover.Ancestor;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which takeover is believed, and which of several is followed. */
class SuccessionTest {
    private static final String NEW = "newnewnewnewneww";

    @TempDir Path data;
    private LinkedHosts hosts;
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;
    private GroupHost d;

    @BeforeEach
    void start() throws IOException {
        hosts = new LinkedHosts(data, "b", "c", "d");
        a = hosts.get("a");
        b = hosts.get("b");
        c = hosts.get("c");
        d = hosts.get("d");
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
    }

    private static Takeover signed(
            TestIdentity key, HostId by, long generation, Ancestor... ancestors) {
        Takeover unsigned = new Takeover(NEW, generation, by, List.of(ancestors), new byte[] {0});
        return new Takeover(NEW, generation, by, List.of(ancestors), key.sign(unsigned.message()));
    }

    private Ancestor here() {
        return new Ancestor(c.view().id(), c.view().generation(), c.view().revision());
    }

    private void assertRefused(Takeover takeover) {
        for (GroupHost host : List.of(a, c)) {
            String id = host.view().id();
            assertThat(LinkedHosts.refusal(() -> host.group().consider(takeover, b.id())))
                    .isEqualTo(Refusal.TAKEOVER_REFUSED);
            assertThat(host.view().id()).isEqualTo(id);
            assertThat(host.view().challenge()).isEmpty();
        }
    }

    @Test
    void nobodyIsBelievedButAMemberThatSigned() {
        hosts.network.cut(a.id(), c.id());
        c.awaitLost();
        TestIdentity stranger = new TestIdentity();
        Takeover genuine = signed(b.identity, b.id(), 2, here());

        assertRefused(signed(stranger, stranger.id(), 2, here()));
        assertRefused(signed(stranger, b.id(), 2, here()));
        assertRefused(signed(d.identity, b.id(), 2, here()));
        assertRefused(new Takeover(NEW, 3, b.id(), genuine.ancestors(), genuine.signature()));
        assertRefused(
                new Takeover(
                        NEW,
                        2,
                        b.id(),
                        List.of(new Ancestor(c.view().id(), 1, c.view().revision() + 9)),
                        genuine.signature()));
        assertRefused(new Takeover(NEW, 2, b.id(), genuine.ancestors(), new byte[] {1, 2}));
        assertThat(LinkedHosts.refusal(() -> b.group().consider(genuine, b.id())))
                .isEqualTo(Refusal.TAKEOVER_REFUSED); // its own, which it knows nothing of
    }

    @Test
    void nobodyIsFollowedInAnotherGroupOrDownwards() {
        hosts.network.cut(a.id(), c.id());
        c.awaitLost();

        assertRefused(signed(b.identity, b.id(), 2, new Ancestor("otherotherothero", 1, 7)));
        assertRefused(signed(b.identity, b.id(), 1, here()));
        assertRefused(signed(b.identity, b.id(), 0, here()));
        assertRefused(signed(b.identity, b.id(), 2 + Succession.LONGEST_STEP, here()));
        assertRefused(signed(b.identity, b.id(), Long.MAX_VALUE, here()));
        assertRefused(
                signed(b.identity, b.id(), 4, here(), new Ancestor("otherotherothero", 1, 7)));
        assertRefused(signed(b.identity, b.id(), 2, here(), new Ancestor(NEW, 2, 7)));
    }

    @Test
    void ofTwoOfOneGenerationRankDecides() throws IOException {
        hosts.network.isolate(a.id());
        hosts.network.cut(b.id(), c.id());
        GroupHost higher = rank(hosts.takeOver(b), hosts.takeOver(c)) > 0 ? b : c;
        GroupHost lower = higher == b ? c : b;
        Takeover high = higher.view().origin().orElseThrow();
        Takeover low = lower.view().origin().orElseThrow();
        hosts.follow(d, low, lower);
        lower.write("low");
        higher.write("high");
        LinkedHosts.awaitSame(d, lower);
        hosts.network.heal();

        assertThat(LinkedHosts.refusal(() -> higher.group().consider(low, lower.id())))
                .isEqualTo(Refusal.TAKEOVER_REFUSED);
        LinkedHosts.challenge(lower, high, higher);
        assertThat(lower.view().challenge()).contains(high);
        assertThat(LinkedHosts.refusal(() -> d.group().consider(high, higher.id())))
                .isEqualTo(Refusal.LEADER_REACHABLE);
        hosts.network.cut(lower.id(), d.id());
        d.awaitLost();
        assertThat(LinkedHosts.refusal(() -> d.group().consider(high, higher.id())))
                .isEqualTo(Refusal.TAKEOVER_REFUSED); // it stays in the one of that generation
        hosts.network.heal();

        lower.group().yieldTo(high);
        Standing standing = lower.group().standing(d.id(), low.group());
        assertThat(standing.state()).isEqualTo(Standing.State.RETIRED);
        d.group().consider(standing.successor(), lower.id()); // its own voter says so

        LinkedHosts.awaitSame(lower, higher);
        LinkedHosts.awaitSame(d, higher);
        assertThat(d.texts()).containsExactly("high", "one", "two");
        assertThat(lower.group().aside().get(0).items())
                .extracting(Aside.Item::key)
                .containsExactly("low");
        LinkedHosts.challenge(a, high, higher);
        a.group().yieldTo(high);
        LinkedHosts.awaitSame(a, higher);
    }

    private static int rank(Takeover one, Takeover other) {
        return Takeover.RANK.compare(one, other);
    }

    @Test
    void theChallengerOfTheHighestRankStays() throws IOException {
        hosts.network.isolate(a.id());
        List<Takeover> both = new ArrayList<>(List.of(hosts.takeOver(b), hosts.takeOver(c)));
        both.sort(Takeover.RANK);
        hosts.network.heal();

        LinkedHosts.challenge(a, both.get(0), d);
        LinkedHosts.challenge(a, both.get(1), d);
        LinkedHosts.challenge(a, both.get(0), d);

        assertThat(a.view().challenge()).contains(both.get(1));
        assertThat(LinkedHosts.refusal(() -> a.group().yieldTo(both.get(0))))
                .isEqualTo(Refusal.NOT_CHALLENGED);
    }

    @Test
    void whoSleptThroughAGenerationFollowsTheNext() throws IOException {
        d.stop();
        hosts.network.isolate(a.id());
        hosts.follow(c, hosts.takeOver(b), b);
        b.write("second");
        LinkedHosts.awaitSame(c, b);
        hosts.network.isolate(b.id());
        Takeover third = hosts.takeOver(c);
        c.write("third");
        d.start();

        hosts.follow(d, third, c);

        assertThat(third.generation()).isEqualTo(3);
        assertThat(third.ancestors()).extracting(Ancestor::generation).containsExactly(1L, 2L);
        LinkedHosts.awaitSame(d, c);
        assertThat(d.texts()).containsExactly("one", "second", "third", "two");
        assertThat(d.group().aside()).isEmpty();
        hosts.network.heal();
        for (GroupHost old : List.of(a, b)) {
            LinkedHosts.challenge(old, third, c);
            old.group().yieldTo(third);
            LinkedHosts.awaitSame(old, c);
            assertThat(old.group().aside()).isEmpty();
        }
        for (GroupHost host : List.of(a, b, c, d)) {
            host.kill();
        }
        for (GroupHost host : List.of(a, b, c, d)) {
            host.start();
        }
        c.write("fourth");
        for (GroupHost host : List.of(a, b, d)) {
            LinkedHosts.awaitSame(host, c);
            assertThat(host.view().generation()).isEqualTo(3);
        }
    }

    @Test
    void whoFollowedAndWasNeverFedMayTakeOverAllTheSame() throws IOException {
        hosts.network.isolate(a.id());
        Takeover second = hosts.takeOver(b);
        hosts.network.isolate(b.id());
        c.awaitLost();
        c.group().consider(second, d.id());

        Takeover third = hosts.takeOver(c);
        hosts.follow(d, third, c);
        c.write("three");

        assertThat(third.ancestors()).extracting(Ancestor::generation).containsExactly(1L, 2L);
        LinkedHosts.awaitSame(d, c);
        assertThat(d.texts()).containsExactly("one", "three", "two");
        hosts.network.heal();
        LinkedHosts.challenge(b, third, c);
        b.group().yieldTo(third);
        LinkedHosts.awaitSame(b, c);
    }

    @Test
    void whatLivesOnIsNoMoreThanEachGenerationKept() {
        Current current = c.group().current().current();
        Takeover shrunk =
                signed(
                        b.identity,
                        b.id(),
                        3,
                        new Ancestor(current.group(), 1, 20),
                        new Ancestor("otherotherothero", 2, 15));

        assertThat(Succession.fork(current, shrunk)).hasValue(15);
    }

    @Test
    void whoWasLinkedLaterKnowsTheOriginFromTheLog() throws IOException {
        hosts.network.isolate(a.id());
        Takeover takeover = hosts.takeOver(b);
        GroupHost late = hosts.add("e");
        b.link(late);
        LinkedHosts.awaitSame(late, b);

        await().untilAsserted(
                        () ->
                                assertThat(late.view().origin().map(Takeover::group))
                                        .contains(takeover.group()));
        assertThat(late.group().standing(c.id(), c.view().id()).state())
                .isEqualTo(Standing.State.RETIRED);
    }
}

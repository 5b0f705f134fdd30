package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the group knows of a host: its address, and that it will never return. */
class DescribingTest {
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
    void aHostThatMovedIsShownWithBothAddressesOnEveryHost() throws IOException {
        b.describe(at("192.0.2.7"));

        await().until(() -> row(a).moved().isPresent());

        for (HostRow row : List.of(row(a), row(b))) {
            assertThat(row.addresses()).containsExactly("192.0.2.7");
            assertThat(row.moved().orElseThrow().from()).containsExactly("127.0.0.1");
            assertThat(row.moved().orElseThrow().to()).containsExactly("192.0.2.7");
        }
        assertThat(a.recorded()).contains("host.moved done");
    }

    @Test
    void aHostThatIsBackAtItsOldAddressHasNotMoved() throws IOException {
        b.describe(at("192.0.2.7"));
        await().until(() -> row(a).moved().isPresent());
        a.time.pass(6);
        b.describe(at("192.0.2.8"));
        await().until(() -> row(a).addresses().contains("192.0.2.8"));
        assertThat(row(a).moved().orElseThrow().from()).containsExactly("192.0.2.7");
        a.time.pass(6);

        b.describe(at("192.0.2.7"));

        await().until(() -> row(a).addresses().contains("192.0.2.7"));
        assertThat(row(a).moved()).isEmpty();
    }

    @Test
    void aHostWhoseCableIsOutSaysNoLoopbackAddress() throws IOException {
        b.describe(at("192.0.2.7"));
        await().until(() -> row(a).moved().isPresent());

        b.describe(at("127.0.0.1"));
        a.time.pass(6);
        a.pairing().leaderRound();

        assertThat(row(a).addresses()).containsExactly("192.0.2.7");
    }

    @Test
    void aHostThatSaysSomethingElseAllTheTimeIsWrittenNowAndThen() throws IOException {
        b.describe(at("192.0.2.7"));
        await().until(() -> row(a).moved().isPresent());
        long revision = a.group.view().revision();

        for (int i = 10; i < 30; i++) {
            b.describe(at("192.0.2." + i));
            a.pairing().leaderRound();
        }

        assertThat(a.group.view().revision()).isEqualTo(revision);
        a.time.pass(6);
        a.pairing().leaderRound();
        assertThat(row(a).addresses()).containsExactly("192.0.2.29");
    }

    @Test
    void oneMoreAddressIsNoMove() throws IOException {
        List<Endpoint> more = new ArrayList<>(b.host.facts().endpoints());
        more.add(new Endpoint("tls", "192.0.2.8", 5082));
        b.describe(b.host.facts().withEndpoints(more));

        await().until(() -> row(a).addresses().size() == 2);

        assertThat(row(a).moved()).isEmpty();
    }

    @Test
    void aHostWithMoreAddressesThanPresenceCarriesSaysTheFirst() throws IOException {
        List<Endpoint> many = new ArrayList<>();
        for (int i = 1; i < 60; i++) {
            many.add(new Endpoint("tls", "2001:db8:0:0:0:0:0:" + i, 5082));
        }
        b.describe(b.host.facts().withEndpoints(many));

        await().until(() -> row(a).moved().isPresent());

        assertThat(row(a).addresses()).hasSizeGreaterThan(5).startsWith("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aNewLinkForgetsTheMove() throws IOException {
        List<Endpoint> home = b.host.facts().endpoints();
        b.describe(at("192.0.2.7"));
        await().until(() -> row(a).moved().isPresent());

        b.pairing().unlink(Box.OPERATOR);
        b.host.describe(b.host.facts().withEndpoints(home));
        b.restart();
        assertThat(b.link(a.token()).status()).isEqualTo(LinkStatus.COMPLETED);

        assertThat(row(a).moved()).isEmpty();
    }

    @Test
    void theAddressOfALinkedHostIsNeverChangedThroughBowline() throws IOException {
        String before = a.state() + b.state();

        assertThat(refusal(() -> changeAddress(a, b))).isEqualTo(Refusal.ADDRESS_FIXED);
        assertThat(refusal(() -> changeAddress(b, b))).isEqualTo(Refusal.ADDRESS_FIXED);
        Box c = lan.host("c");
        assertThat(refusal(() -> changeAddress(c, c))).isEqualTo(Refusal.SETTING_IN_FILE);
        assertThat(refusal(() -> changeAddress(a, c))).isEqualTo(Refusal.HOST_UNKNOWN);

        assertThat(Refusal.ADDRESS_FIXED.title())
                .isEqualTo("You cannot update the IP address of a linked host");
        assertThat(a.state() + b.state()).isEqualTo(before);
        assertThat(a.recorded()).contains("host.addresses refused address-fixed");
    }

    @Test
    void onlyAFollowerThatDoesNotAnswerIsForgotten() throws IOException {
        b.presence.say("content", new byte[] {1});
        assertThat(row(a).cannotForget().map(Reason::refusal)).contains(Refusal.HOST_REACHABLE);
        assertThat(refusal(() -> a.pairing().forget(b.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.HOST_REACHABLE);
        assertThat(refusal(() -> a.pairing().forget(a.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.NOT_FOLLOWER);
        assertThat(refusal(() -> b.pairing().forget(a.id(), Box.OPERATOR)))
                .isEqualTo(Refusal.USE_THE_LEADER);
        lan.network.isolate(b.id());
        lan.board.reachable(b.id(), false);
        Plan plan = a.pairing().plan(Plan.Act.FORGET, Optional.of(b.id()));
        assertThat(plan.refused()).isEmpty();
        assertThat(plan.changes()).hasSize(2);

        a.pairing().forget(b.id(), Box.OPERATOR);

        assertThat(a.pairing().hosts()).extracting(HostRow::name).containsExactly("a");
        lan.network.heal();
        await().until(
                        () -> {
                            b.time.pass(31);
                            b.pairing().followerRound();
                            return !b.pairing().link().follower();
                        });
        assertThat(b.recorded()).contains("link.out done");
        assertThat(a.recorded()).contains("link.forget refused host-reachable", "link.forget done");
    }

    @Test
    void aCheckTriesEveryAddressAndSaysWhereTheHostStands() throws IOException {
        HostCheck check = a.pairing().check(b.id());

        assertThat(check.tries()).hasSize(1);
        assertThat(check.tries().get(0).failed()).isEmpty();
        assertThat(check.standing()).isEqualTo("It knows this host as a member");

        lan.network.isolate(b.id());
        HostCheck cut = a.pairing().check(b.id());
        assertThat(cut.tries().get(0).failed().map(Reason::refusal))
                .contains(Refusal.PEER_UNREACHABLE);
        assertThat(cut.standing()).isEmpty();
    }

    private HostFacts at(String ip) {
        return b.host.facts().withEndpoints(List.of(new Endpoint("tls", ip, 5082)));
    }

    private HostRow row(Box reader) {
        return reader.pairing().hosts().stream()
                .filter(row -> row.id().equals(b.id()))
                .findFirst()
                .orElseThrow();
    }

    private static void changeAddress(Box asked, Box host) throws IOException {
        asked.pairing().changeAddresses(host.id(), List.of("192.0.2.9"), Box.OPERATOR);
    }

    private interface Act {
        void run() throws IOException;
    }

    private static Refusal refusal(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run).refusal();
    }
}

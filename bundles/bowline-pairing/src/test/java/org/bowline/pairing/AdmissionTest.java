package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkParticipant;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.pairing.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the leader does with those who come. */
class AdmissionTest {
    @TempDir Path data;
    private Lan lan;
    private Box a;
    private Box b;

    @BeforeEach
    void twoHosts() throws IOException {
        lan = new Lan(data);
        a = lan.host("a");
        b = lan.host("b");
    }

    @AfterEach
    void end() throws IOException {
        lan.close();
    }

    @Test
    void ofAHundredHostsWithOneTokenExactlyOneGetsIn() throws IOException {
        String token = a.lead();
        List<Box> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(lan.host("host-" + i));
        }

        for (Box box : crowd) {
            box.pairing().link(token, Box.OPERATOR);
        }

        List<Operation> ends = crowd.stream().map(Box::ended).toList();
        assertThat(ends).filteredOn(end -> end.status() == LinkStatus.COMPLETED).hasSize(1);
        assertThat(ends)
                .filteredOn(end -> end.status() == LinkStatus.FAILED)
                .extracting(end -> end.reason().map(Reason::refusal).orElseThrow())
                .hasSize(99)
                .containsOnly(Refusal.TOKEN_USED);
        assertThat(a.pairing().hosts()).hasSize(2);
        assertThat(a.token()).isNotEqualTo(token);
    }

    @Test
    void aHostThatNeverConfirmsIsTakenOutAfterAMinute() throws IOException {
        Joiner.admittedOnly(b, a.lead());
        assertThat(a.pairing().hosts()).hasSize(2);
        a.pairing().leaderRound();

        a.time.pass(59);
        a.pairing().leaderRound();
        assertThat(a.pairing().hosts()).hasSize(2);
        a.time.pass(1);
        a.pairing().leaderRound();

        assertThat(a.pairing().hosts()).extracting(HostRow::name).containsExactly("a");
        assertThat(a.pairing().leader().joining())
                .extracting(joining -> joining.status())
                .containsExactly(LinkStatus.FAILED);
        assertThat(b.link(a.token()).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void aHostThatConfirmedStays() throws IOException {
        b.link(a.lead());

        a.time.pass(600);
        a.pairing().leaderRound();

        assertThat(a.pairing().hosts()).hasSize(2);
    }

    @Test
    void anAnswerThatWasLostIsAskedForAgainByTheSameKey() throws IOException {
        String token = a.lead();
        AtomicInteger calls = new AtomicInteger();
        b.onTheLine =
                channel -> calls.incrementAndGet() == 1 ? new CutChannel(channel, 2) : channel;

        Operation operation = b.link(token);

        assertThat(operation.status()).isEqualTo(LinkStatus.COMPLETED);
        assertThat(calls).hasValue(3); // lost, asked again, confirmed
        assertThat(a.pairing().hosts()).hasSize(2);
    }

    @Test
    void aLostAnswerIsGivenToNobodyElse() throws IOException {
        String token = a.lead();
        Joiner.admittedOnly(b, token);
        Box c = lan.host("c");

        assertThat(refusal(() -> Joiner.admittedOnly(c, token))).isEqualTo(Refusal.TOKEN_USED);

        Joiner.admittedOnly(b, token);
        a.time.pass(61);
        assertThat(refusal(() -> Joiner.admittedOnly(b, token))).isEqualTo(Refusal.TOKEN_USED);
    }

    @Test
    void aHostWhoseAgentEndedBeforeItConfirmedDoesSoAtTheNextStart() throws IOException {
        String token = a.lead();
        try (LeaderCall call = LeaderCall.dial(b.ground(), Joiner.read(token))) {
            call.hello(false);
            b.group.follow(call.prove(java.util.Map.of()));
        }

        b.restart();

        await().untilAsserted(
                        () ->
                                assertThat(
                                                a.group
                                                        .slice(LinkFact.SLICE, LinkFact.class)
                                                        .get(LinkFact.joining(b.id())))
                                        .isEmpty());
        a.time.pass(120);
        a.pairing().leaderRound();
        assertThat(a.pairing().hosts()).hasSize(2);
    }

    @Test
    void aLinkThatBreaksOffBeforeTheProofChangesNothing() throws IOException {
        String token = a.lead();
        String before = a.state() + b.state();
        b.onTheLine = channel -> new CutChannel(channel, 1);

        Operation operation = b.link(token);

        assertThat(operation.reason().map(Reason::refusal)).contains(Refusal.PAIRING_INTERRUPTED);
        assertThat(a.state() + b.state()).isEqualTo(before);
        assertThat(a.token()).isEqualTo(token);
    }

    @Test
    void badProofsAreThrottledAndNeitherBurnTheTokenNorLockAnHonestHostOut() throws IOException {
        String token = a.lead();
        Token flipped = Joiner.flipped(token);
        Box liar = lan.host("liar");

        for (int i = 0; i < 5; i++) {
            assertThat(refusal(() -> Joiner.look(liar, flipped))).isEqualTo(Refusal.TOKEN_REFUSED);
        }
        for (int i = 0; i < 195; i++) {
            assertThat(refusal(() -> Joiner.look(liar, flipped)))
                    .isEqualTo(Refusal.PAIRING_THROTTLED);
        }

        assertThat(b.link(token).status()).isEqualTo(LinkStatus.COMPLETED);
        a.time.pass(61);
        Token next = Joiner.flipped(a.token());
        assertThat(refusal(() -> Joiner.look(liar, next))).isEqualTo(Refusal.TOKEN_REFUSED);
    }

    @Test
    void hostsThatSayNothingOrTooMuchKeepNobodyOut() throws IOException {
        String token = a.lead();
        Box quiet = lan.host("quiet");
        for (int i = 0; i < 100; i++) {
            quiet.ground()
                    .peers()
                    .open(
                            a.host.facts().endpoints().get(0),
                            a.id(),
                            PairHandler.PROTOCOL,
                            Duration.ofSeconds(3));
        }
        PairStream loud =
                new PairStream(
                        quiet.ground()
                                .peers()
                                .open(
                                        a.host.facts().endpoints().get(0),
                                        a.id(),
                                        PairHandler.PROTOCOL,
                                        Duration.ofSeconds(3)));
        loud.channel().output().write(new byte[] {0x7f, -1, -1, -1});

        assertThatThrownBy(loud::receive).isInstanceOf(IOException.class);
        assertThat(b.link(token).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void aLookUsesNothingUp() throws IOException {
        String token = a.lead();

        for (int i = 0; i < 10; i++) {
            b.pairing().preview(token);
        }

        assertThat(b.link(token).status()).isEqualTo(LinkStatus.COMPLETED);
    }

    @Test
    void theLeaderTakesInWhatTheHostBrings() throws IOException {
        Room leaders = new Room(false);
        a.pairing().participants = List.of(leaders);
        b.pairing().participants = List.of(new Room(false));

        assertThat(b.pairing().preview(a.lead()).brings()).containsExactly("one bundle");
        b.link(a.token());

        assertThat(leaders.taken).containsExactly(b.id() + " brings a bundle");
    }

    @Test
    void aHostWhoseGoodsCannotBeTakenInIsTakenOutAgain() throws IOException {
        a.pairing().participants = List.of(new Room(true));
        b.pairing().participants = List.of(new Room(true));

        Operation operation = b.link(a.lead());

        assertThat(operation.status()).isEqualTo(LinkStatus.FAILED);
        assertThat(operation.reason().orElseThrow().detail()).contains("the shelf is full");
        assertThat(a.pairing().hosts()).hasSize(1);
        assertThat(b.pairing().link().follower()).isFalse();
    }

    @Test
    void aRoomThatBreaksOverAHostsGoodsLeavesNoMemberBehind() throws IOException {
        Room broken = new Room(false);
        broken.fault = Optional.of(new IllegalStateException("no shelf at all"));
        a.pairing().participants = List.of(broken);
        b.pairing().participants = List.of(new Room(false));

        Operation operation = b.link(a.lead());

        assertThat(operation.reason().orElseThrow().detail()).contains("no shelf at all");
        assertThat(a.pairing().hosts()).hasSize(1);
    }

    @Test
    void pagesAreWokenWhenAnotherTokenStandsThere() throws IOException {
        a.lead();
        a.pairing().leaderRound();
        AtomicInteger woken = new AtomicInteger();
        a.pairing().watch(woken::incrementAndGet);
        String first = a.token();

        a.time.pass(120);
        Duration next = a.pairing().leaderRound();

        assertThat(woken).hasPositiveValue();
        assertThat(a.token()).isNotEqualTo(first);
        assertThat(next).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(120));
    }

    private static final class Room implements LinkParticipant {
        private final boolean full;
        private final List<String> taken = new ArrayList<>();
        private Optional<RuntimeException> fault = Optional.empty();

        Room(boolean full) {
            this.full = full;
        }

        @Override
        public String room() {
            return "content";
        }

        @Override
        public byte[] offer() {
            return "a bundle".getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> brings() {
            return List.of("one bundle");
        }

        @Override
        public void accept(HostId host, byte[] offer, Actor actor) throws IOException {
            fault.ifPresent(
                    cause -> {
                        throw cause;
                    });
            if (full) {
                throw new IOException("the shelf is full");
            }
            taken.add(host + " brings " + new String(offer, StandardCharsets.UTF_8));
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static Refusal refusal(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run).refusal();
    }
}

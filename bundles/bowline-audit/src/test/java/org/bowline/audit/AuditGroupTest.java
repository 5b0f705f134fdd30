package org.bowline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.MemoryPresence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts of one group over a network in memory. */
class AuditGroupTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final MemoryPresence.Board board = new MemoryPresence.Board();
    private AuditHost a;
    private AuditHost b;
    private AuditHost c;

    @BeforeEach
    void threeHosts() throws IOException {
        a = new AuditHost(network, board, data.resolve("a"));
        b = new AuditHost(network, board, data.resolve("b"));
        c = new AuditHost(network, board, data.resolve("c"));
        TrustedHost[] members = {
            a.identity.trusted(a.at), b.identity.trusted(b.at), c.identity.trusted(c.at)
        };
        for (AuditHost host : List.of(a, b, c)) {
            host.trust.replace(List.of(members), 1);
        }
    }

    @AfterEach
    void stop() throws IOException {
        a.close();
        b.close();
        c.close();
    }

    private static List<String> details(AuditPage page) {
        return page.lines().stream().map(line -> line.act().detail()).toList();
    }

    private static List<String> seconds(int... seconds) {
        return IntStream.of(seconds).mapToObj(second -> "second " + second).toList();
    }

    @Test
    void linesOfAllHostsStandInTheOrderOfTheirTimes() throws IOException {
        a.act(1);
        b.act(2);
        c.act(3);
        a.act(4);
        c.act(5);
        b.act(6);

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(details(page)).isEqualTo(seconds(6, 5, 4, 3, 2, 1));
        assertThat(page.lines())
                .extracting(AuditLine::host)
                .containsExactly(b.id(), c.id(), a.id(), c.id(), b.id(), a.id());
        assertThat(page.missing()).isEmpty();
        assertThat(page.before()).isEmpty();
    }

    @Test
    void pagesOfAllHostsLoseNoLineOfTheSameMillisecond() throws IOException {
        for (int i = 0; i < 10; i++) {
            for (AuditHost host : List.of(a, b, c)) {
                host.act(i);
            }
        }

        List<AuditLine> all = new ArrayList<>();
        Optional<Instant> before = Optional.empty();
        do {
            AuditPage page = b.audit().merged(4, before);
            assertThat(page.lines()).hasSizeBetween(1, 4);
            all.addAll(page.lines());
            before = page.before();
        } while (before.isPresent());

        assertThat(all).hasSize(30).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(AuditLine::time)
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void ownPagesGoOn() throws IOException {
        IntStream.rangeClosed(1, 5).forEach(a::act);

        AuditPage first = a.audit().own(3, Optional.empty());
        AuditPage second = a.audit().own(3, first.before());

        assertThat(details(first)).isEqualTo(seconds(5, 4, 3));
        assertThat(details(second)).isEqualTo(seconds(2, 1));
        assertThat(second.before()).isEmpty();
    }

    @Test
    void aPageOfNoOrTooManyLinesIsRefused() {
        for (int most : new int[] {0, -1, 1001}) {
            assertThatThrownBy(() -> a.audit().own(most, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(most));
        }
    }

    @Test
    void farTimesAreNoTrouble() throws IOException {
        a.act(1);

        assertThat(a.audit().merged(5, Optional.of(Instant.MAX)).lines()).hasSize(1);
        assertThat(a.audit().merged(5, Optional.of(Instant.MIN)).lines()).isEmpty();
    }

    @Test
    void aHostThatIsAwayIsNamedWithTheCause() throws IOException {
        a.act(1);
        b.act(2);
        c.act(3);
        network.isolate(c.id());

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(details(page)).isEqualTo(seconds(2, 1));
        assertThat(page.missing()).containsOnlyKeys(c.id());
        assertThat(page.missing().get(c.id())).contains("no endpoint of " + c.id() + " answers");
        assertThatThrownBy(() -> a.audit().verify(c.id())).isInstanceOf(IOException.class);
    }

    @Test
    void aHostThatPresenceMissesIsNotEvenAsked() throws IOException {
        b.act(2);
        board.reachable(b.id(), false);

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(page.lines()).isEmpty();
        assertThat(page.missing().get(b.id())).startsWith("not reachable since");
    }

    @Test
    void aStrangerGetsNothing() throws IOException {
        b.act(1);
        b.trust.replace(List.of(b.identity.trusted(b.at)), 2);

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(page.lines()).isEmpty();
        assertThat(page.missing()).containsKey(b.id());
    }

    @Test
    void aWholeLogIsFoundWholeByAll() throws IOException {
        IntStream.rangeClosed(1, 200).forEach(b::act);
        b.audit().beat();

        for (AuditHost host : List.of(a, b, c)) {
            AuditVerdict verdict = host.audit().verify(b.id());
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.first()).isEqualTo(1);
            assertThat(verdict.last()).isEqualTo(200);
            assertThat(verdict.head())
                    .isEqualTo(b.audit().own(1, Optional.empty()).lines().get(0).hash());
        }
    }

    @Test
    void aLogThatWasCutIsFoundByAHostThatHeardMoreEvenAfterBothRestarted() throws IOException {
        IntStream.rangeClosed(1, 5).forEach(b::act);
        b.audit().beat();
        a.audit().beat();
        a.stop();
        b.stop();
        Path file = data.resolve("b/audit/0000000000000001.jsonl");
        Files.write(file, Files.readAllLines(file).subList(0, 3));
        Files.delete(data.resolve("b/audit/heads.json"));
        a.start();
        b.start();

        AuditVerdict verdict = a.audit().verify(b.id());

        assertThat(verdict.last()).isEqualTo(3);
        assertThat(verdict.faults())
                .singleElement()
                .asString()
                .startsWith("Line 5, which this host was told of on ")
                .contains("is not there: the log was cut");
        assertThat(c.audit().verify(b.id()).faults()).as("c never heard of line 5").isEmpty();
    }

    @Test
    void aLogThatWasRewrittenWithAGoodChainIsFoundAndStaysFound() throws IOException {
        IntStream.rangeClosed(1, 5).forEach(b::act);
        b.audit().beat();
        a.audit().beat();
        b.stop();
        Files.delete(data.resolve("b/audit/0000000000000001.jsonl"));
        Files.delete(data.resolve("b/audit/heads.json"));
        b.presence.say("audit", new byte[0]);
        b.start();
        IntStream.rangeClosed(11, 40).forEach(b::act);
        b.audit().beat();

        assertThat(a.audit().verify(b.id()).faults())
                .singleElement()
                .asString()
                .startsWith("Line 5, which")
                .endsWith("is another one now: the log was rewritten");
        assertThat(b.audit().verify(b.id()).faults()).as("b itself forgot").isEmpty();
        IntStream.rangeClosed(41, 400).forEach(b::act);
        b.audit().beat();
        assertThat(a.audit().verify(b.id()).faults()).hasSize(1);
    }

    @Test
    void aLogThatWasRewrittenIsFoundByItsOwnHostToo() throws IOException {
        IntStream.rangeClosed(1, 5).forEach(b::act);
        b.audit().beat();
        b.stop();
        Path file = data.resolve("b/audit/0000000000000001.jsonl");
        Files.write(file, Files.readAllLines(file).subList(0, 3));
        b.start();

        assertThat(b.audit().verify(b.id()).faults()).hasSize(1);
    }

    @Test
    void whatAHostSaysOfOthersIsNotBelieved() throws IOException {
        b.act(1);
        c.act(2);
        String foreign = Files.readString(data.resolve("c/audit/0000000000000001.jsonl")).strip();
        b.peers().host(answering(foreign));

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(details(page)).isEqualTo(seconds(2));
        assertThat(page.missing().get(b.id())).contains("was not asked for");
        assertThat(a.audit().verify(b.id()).faults())
                .contains("Line 1 is of another host: " + c.id());
    }

    @Test
    void aHostThatFallsSilentIsNamed() throws IOException {
        b.peers()
                .host(
                        new ProtocolHandler() {
                            @Override
                            public String protocol() {
                                return "audit/1";
                            }

                            @Override
                            public void handle(Channel channel) throws IOException {
                                channel.input().transferTo(OutputStream.nullOutputStream());
                            }
                        });
        a.act(1);

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(details(page)).isEqualTo(seconds(1));
        assertThat(page.missing()).containsOnlyKeys(b.id());
    }

    /** Answers every question with that line. */
    private static ProtocolHandler answering(String line) {
        return new ProtocolHandler() {
            @Override
            public String protocol() {
                return "audit/1";
            }

            @Override
            public void handle(Channel channel) throws IOException {
                DataInputStream in = new DataInputStream(channel.input());
                in.readNBytes(in.readInt());
                channel.output().write(frame(17, line));
                channel.output().write(frame(18, "{\"more\":false}"));
                in.readAllBytes();
            }
        };
    }

    @Test
    void aHostWhoseLinesAreOfNoYearIsAloneInMissing() throws IOException {
        a.act(1);
        c.act(2);
        b.act(3);
        String line = Files.readString(data.resolve("b/audit/0000000000000001.jsonl")).strip();
        b.peers().host(answering(line.replace("2026-01-01", "+999999999-01-01")));

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(details(page)).isEqualTo(seconds(2, 1));
        assertThat(page.missing()).containsOnlyKeys(b.id());
    }

    @Test
    void aLineOfManyBytesIsNotTaken() throws IOException {
        a.act(1);
        b.peers().host(answering("{\"detail\":\"" + "x".repeat(9000) + "\"}"));

        AuditPage page = a.audit().merged(50, Optional.empty());

        assertThat(page.missing().get(b.id())).contains("audit frame of 90");
    }

    private static byte[] frame(int kind, String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + payload.length)
                .putInt(1 + payload.length)
                .put((byte) kind)
                .put(payload)
                .array();
    }
}

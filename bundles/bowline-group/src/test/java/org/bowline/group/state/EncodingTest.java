package org.bowline.group.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.Test;

/** What lies on disks and wires for ever, byte for byte: never change the golden files. */
class EncodingTest {
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));
    private static final Member MEMBER =
            new Member(
                    A,
                    "S0VZ",
                    TestHost.linkableFacts("häst", new Endpoint("tls", "192.0.2.1", 5082)),
                    3);
    private static final EntryBody ENTRY =
            new EntryBody(
                    new Actor("anna", "rest"),
                    A,
                    Instant.ofEpochMilli(1_790_000_000_123L),
                    List.of(
                            new Change.Put("content", "disk.img", bytes("{}")),
                            new Change.Remove("content", "old.img"),
                            new Change.Admit(MEMBER),
                            new Change.Describe(MEMBER),
                            new Change.Expel(B, 7)),
                    List.of(
                            new Precondition("content", "disk.img", 0),
                            new Precondition("members", "b".repeat(26), 7)));

    private final EntryCodec entries = new EntryCodec(Json.mapper());
    private final SnapshotCodec snapshots = new SnapshotCodec(Json.mapper());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = EncodingTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static State state() {
        State state = State.EMPTY;
        state = apply(state, new Change.Admit(MEMBER));
        state = apply(state, new Change.Put("settings", "ntp", bytes("[\"192.0.2.9\"]")));
        state = apply(state, new Change.Put("content", "disk.img", bytes("{\"é\":1}")));
        Member other = new Member(B, "S0VZ", TestHost.linkableFacts("b"), 0);
        return apply(state, new Change.Admit(other), new Change.Expel(B, 0));
    }

    private static State apply(State state, Change... changes) {
        EntryBody entry =
                new EntryBody(
                        ENTRY.actor(), ENTRY.host(), ENTRY.time(), List.of(changes), List.of());
        return state.apply(entry).orElseThrow();
    }

    @Test
    void anEntryIsWrittenAsEver() throws IOException {
        assertThat(new String(entries.write(ENTRY), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden("entry-1.json"), StandardCharsets.UTF_8));
    }

    @Test
    void anEntryIsReadAsEver() throws IOException {
        EntryBody read = entries.read(golden("entry-1.json"));

        assertThat(read).usingRecursiveComparison().isEqualTo(ENTRY);
    }

    @Test
    void aStateIsWrittenAsEver() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        snapshots.write(state(), out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(new String(golden("snapshot-1.jsonl"), StandardCharsets.UTF_8));
    }

    @Test
    void aStateIsReadAsEverAndNoByteMore() throws IOException {
        byte[] golden = golden("snapshot-1.jsonl");
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(golden);
        more.write('!');
        InputStream in = new ByteArrayInputStream(more.toByteArray());

        State read = snapshots.read(in);

        assertThat(in.read()).isEqualTo('!');
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        snapshots.write(read, again);
        assertThat(again.toByteArray()).isEqualTo(golden);
        assertThat(read.members().get(A.value()))
                .isEqualTo(new Member(A, MEMBER.key(), MEMBER.facts(), 1));
        assertThat(read.out().get(B.value())).isEqualTo(4);
    }

    @Test
    void everyDamageOfAStateIsSeen() throws IOException {
        byte[] golden = golden("snapshot-1.jsonl");
        for (int i = 0; i < golden.length; i += 7) {
            byte[] damaged = golden.clone();
            damaged[i] ^= 4;
            assertThatThrownBy(() -> snapshots.read(new ByteArrayInputStream(damaged)))
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class);
        }
        byte[] cut = Arrays.copyOf(golden, golden.length - 1);
        assertThatThrownBy(() -> snapshots.read(new ByteArrayInputStream(cut)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatALaterReleaseAddsIsLeftOut() throws IOException {
        byte[] later =
                bytes(
                        "{\"v\":1,\"a\":\"anna\",\"f\":\"rest\",\"h\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\","
                                + "\"t\":1,\"new\":[1],\"c\":[{\"k\":\"dance\",\"z\":1},"
                                + "{\"k\":\"del\",\"s\":\"x\",\"n\":\"y\",\"z\":2}]}");

        EntryBody read = entries.read(later);

        assertThat(read.changes()).containsExactly(new Change.Remove("x", "y"));
    }

    @Test
    void aHigherVersionStopsTheReader() {
        byte[] later =
                bytes(
                        "{\"v\":2,\"a\":\"anna\",\"f\":\"rest\",\"h\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\","
                                + "\"t\":1,\"c\":[]}");

        assertThatThrownBy(() -> entries.read(later))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void nonsenseIsNoEntry() {
        for (String text :
                List.of(
                        "",
                        "{}",
                        "[]",
                        "null",
                        "{\"v\":1}",
                        "{\"v\":1,\"a\":\"\",\"f\":\"rest\",\"h\":\"x\",\"t\":1,\"c\":[]}",
                        "{\"v\":1,\"a\":\"a\",\"f\":\"rest\",\"h\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\","
                                + "\"t\":1,\"c\":[{\"k\":\"put\"}]}")) {
            assertThatThrownBy(() -> entries.read(bytes(text)))
                    .as(text)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anEntryHasALimit() {
        EntryBody large =
                new EntryBody(
                        ENTRY.actor(),
                        A,
                        ENTRY.time(),
                        List.of(new Change.Put("content", "x", new byte[512 << 10])),
                        List.of());

        assertThatThrownBy(() -> entries.write(large)).isInstanceOf(IllegalArgumentException.class);
    }
}

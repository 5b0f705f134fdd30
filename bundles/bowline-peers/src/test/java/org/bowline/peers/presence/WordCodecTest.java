package org.bowline.peers.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class WordCodecTest {
    private static final HostId HOST = new TestIdentity().id();

    private final WordCodec codec = new WordCodec();

    @Test
    void aWordComesBackAsItWas() throws IOException {
        Map<String, byte[]> values = Map.of("content", new byte[] {0, -1, 7});
        Word.Entry entry = new Word.Entry(HOST, "boot", 3, 4, 5, true, values);
        Word word = new Word("mine", 9, List.of(entry), List.of(new Word.Fresh(HOST, "b", 1, 2)));

        Word back = read(codec.encode(word)).orElseThrow();

        assertThat(back).usingRecursiveComparison().isEqualTo(word);
    }

    @Test
    void aBeatIsSmall() {
        Word beat = new Word("67a5d2a7-2f22-4a50-9a36-1c7a2f3f0000", 12345, List.of(), List.of());

        assertThat(codec.encode(beat)).hasSizeLessThan(80);
    }

    @Test
    void whatALaterReleaseAddsIsIgnored() throws IOException {
        Word word = read(frame("{\"boot\":\"b\",\"beat\":1,\"mood\":\"fine\"}")).orElseThrow();

        assertThat(word.beat()).isEqualTo(1);
        assertThat(word.hosts()).isEmpty();
    }

    @Test
    void nonsenseIsAnIoException() {
        assertRefused("{");
        assertRefused("[]");
        assertRefused("{}");
        assertRefused("null");
        assertRefused("{\"boot\":\"b\",\"hosts\":[null]}");
        assertRefused("{\"boot\":\"b\",\"hosts\":[{\"id\":\"../../etc\",\"boot\":\"b\"}]}");
        assertRefused("{\"boot\":\"b\",\"hosts\":[{\"boot\":\"b\"}]}");
        assertRefused(
                "{\"boot\":\"b\",\"hosts\":[{\"id\":\""
                        + HOST
                        + "\",\"boot\":\"b\",\"values\":{\"k\":null}}]}");
    }

    @Test
    void valuesOverTheLimitsAreRefused() {
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i <= WordCodec.MAX_KEYS; i++) {
            many.put("key" + i, new byte[1]);
        }

        assertThatThrownBy(() -> read(said(many))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(said(Map.of("key", new byte[1025]))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(said(Map.of("k".repeat(65), new byte[1]))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFrameOverTheLimitIsRefusedBeforeItIsRead() {
        byte[] huge = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();

        assertThatThrownBy(() -> read(huge)).hasMessageContaining("expected");
    }

    @Test
    void theEndOfTheStreamIsNoWord() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> read(frame(text))).as(text).isInstanceOf(IOException.class);
    }

    private byte[] said(Map<String, byte[]> values) {
        Word.Entry entry = new Word.Entry(HOST, "boot", 1, 1, 0, true, values);
        return codec.encode(new Word("boot", 1, List.of(entry), List.of()));
    }

    private static byte[] frame(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
    }

    private Optional<Word> read(byte[] bytes) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}

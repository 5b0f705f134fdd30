package org.bowline.content.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bowline.api.content.Digest;
import org.junit.jupiter.api.Test;

class FastCdcTest {
    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Cuts what comes in parts of that size, each part an own stream. */
    private static List<Chunk> cut(byte[] bytes, int part) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        Chunker.Sink sink =
                new Chunker.Sink() {
                    @Override
                    public void read(byte[] from, int off, int len) {
                        // only the cuts matter here
                    }

                    @Override
                    public void chunk(byte[] from, int off, int len) {
                        chunks.add(new Chunk(Sha256.digest(from, off, len), len));
                    }
                };
        Chunker chunker = new Chunker();
        for (int at = 0; at < bytes.length; at += part) {
            int length = Math.min(part, bytes.length - at);
            chunker.feed(new ByteArrayInputStream(bytes, at, length), sink);
        }
        chunker.finish(sink);
        return chunks;
    }

    /**
     * Other figures here would mean that hosts of two releases share nothing. They were computed by
     * a second implementation, in Python.
     */
    @Test
    void cutsAreFixedForEver() throws IOException {
        assertThat(Gear.table()[0]).isEqualTo(-3589087347733181282L);
        assertThat(Gear.table()[255]).isEqualTo(-635673608426269282L);

        List<Chunk> chunks = cut(random(3_000_000, 42), 3_000_000);

        assertThat(chunks)
                .extracting(Chunk::length)
                .containsExactly(
                        348617, 296491, 268913, 267024, 85924, 302104, 324707, 332056, 340074,
                        296512, 137578);
    }

    @Test
    void partsMakeNoDifference() throws IOException {
        byte[] bytes = random(5_000_000, 7);

        assertThat(cut(bytes, 1_234_567)).isEqualTo(cut(bytes, bytes.length));
        assertThat(cut(bytes, 64_000)).isEqualTo(cut(bytes, bytes.length));
    }

    @Test
    void anInsertChangesOnlyTheChunksAroundIt() throws IOException {
        byte[] before = random(16 << 20, 3);
        byte[] after = new byte[before.length + 100];
        System.arraycopy(before, 0, after, 0, 5_000_000);
        System.arraycopy(before, 5_000_000, after, 5_000_100, before.length - 5_000_000);

        Set<Digest> held = new HashSet<>();
        cut(before, before.length).forEach(chunk -> held.add(chunk.digest()));
        List<Chunk> fresh = new ArrayList<>(cut(after, after.length));
        fresh.removeIf(chunk -> held.contains(chunk.digest()));

        assertThat(fresh).hasSizeBetween(1, 3);
    }

    @Test
    void chunksKeepTheirLimits() throws IOException {
        List<Chunk> chunks = cut(random(64 << 20, 9), 64 << 20);

        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(
                        chunk ->
                                assertThat(chunk.length())
                                        .isBetween(Cutting.PLAIN.min() + 1, Cutting.PLAIN.max()));
        assertThat((64 << 20) / chunks.size()).isBetween(200 << 10, 350 << 10);
    }

    @Test
    void zerosAreCutAtTheLongest() throws IOException {
        assertThat(cut(new byte[3 << 20], 3 << 20)).containsOnly(cut(new byte[1 << 20], 9).get(0));
    }

    @Test
    void compressedContentIsCutInEqualParts() throws IOException {
        byte[] gzip = random(2_500_000, 4);
        gzip[0] = 0x1f;
        gzip[1] = (byte) 0x8b;

        assertThat(cut(gzip, 3))
                .extracting(Chunk::length)
                .containsExactly(1 << 20, 1 << 20, 2_500_000 - (2 << 20));
        assertThat(Cutting.of(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}))
                .isEqualTo(Cutting.COMPRESSED);
        assertThat(Cutting.of(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}))
                .isEqualTo(Cutting.COMPRESSED);
        assertThat(Cutting.of("BZh91".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Cutting.COMPRESSED);
        assertThat(Cutting.of(Arrays.copyOf(gzip, 1))).isEqualTo(Cutting.PLAIN);
    }
}

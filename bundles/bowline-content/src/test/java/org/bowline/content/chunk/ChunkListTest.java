package org.bowline.content.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChunkListTest {
    private static final int KIB = 1 << 10;

    /** A manifest's bytes as anybody could write them. */
    private static byte[] manifest(int min, long size, long chunks, int... lengths)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("BWLM");
        out.writeByte(1);
        out.writeByte(Cutting.CONTENT_DEFINED);
        out.writeInt(min);
        out.writeInt(256 * KIB);
        out.writeInt(Cutting.MAX_CHUNK);
        out.writeLong(size);
        out.write(new byte[Sha256.LENGTH]);
        out.writeLong(chunks);
        for (int length : lengths) {
            out.write(new byte[Sha256.LENGTH]);
            out.writeInt(length);
        }
        return bytes.toByteArray();
    }

    private static int count(byte[] manifest) throws IOException {
        try (ChunkList.Opened opened = ChunkList.manifest(new ByteArrayInputStream(manifest))) {
            int count = 0;
            while (opened.chunks().next().isPresent()) {
                count++;
            }
            return count;
        }
    }

    private static void malformed(byte[] manifest) {
        assertThatThrownBy(() -> count(manifest)).isInstanceOf(MalformedException.class);
    }

    @Test
    void onlyTheLastChunkMayBeShort() throws IOException {
        int size = 64 * KIB + 64 * KIB + 1;

        assertThat(count(manifest(64 * KIB, size, 3, 64 * KIB, 64 * KIB, 1))).isEqualTo(3);
        malformed(manifest(64 * KIB, size, 3, 64 * KIB, 1, 64 * KIB));
        malformed(manifest(64 * KIB, size, 3, 64 * KIB, 64 * KIB, 0));
        malformed(manifest(64 * KIB, size, 3, 64 * KIB, 64 * KIB, Cutting.MAX_CHUNK + 1));
    }

    @Test
    void aHeadCannotPromiseMillionsOfTinyChunks() throws IOException {
        malformed(manifest(1, 100L << 20, 100L << 20));
        malformed(manifest(64 * KIB, 100L << 20, 100L << 20));
        malformed(manifest(64 * KIB, 0, -1));
    }

    @Test
    void aManifestThatEndsEarlyIsNone() throws IOException {
        malformed(manifest(64 * KIB, 100, 1));
        malformed(new byte[3]);
        malformed(new byte[Manifest.HEAD]);
    }
}

package org.bowline.content.chunk;

import java.util.Arrays;

/**
 * How a content is cut: it stands in its manifest, for ever. Two contents share chunks only if they
 * were cut in the same way, so there are just two ways.
 *
 * @param way {@link #FIXED} or {@link #CONTENT_DEFINED}
 * @param min bytes of the shortest chunk, but the last
 * @param average bytes aimed at
 * @param max bytes of the longest chunk
 */
public record Cutting(int way, int min, int average, int max) {
    /** Chunks of one size. */
    public static final int FIXED = 0;

    /** Chunks that end where the content says so. */
    public static final int CONTENT_DEFINED = 1;

    /** Bytes that a chunk may have, in whichever way. */
    public static final int MAX_CHUNK = 1 << 20;

    /** Bytes at the beginning that tell how to cut. */
    public static final int MAGIC_LENGTH = 6;

    /** For content that is compressed: an update shares nothing with it wherever it is cut. */
    public static final Cutting COMPRESSED = new Cutting(FIXED, MAX_CHUNK, MAX_CHUNK, MAX_CHUNK);

    /** For everything else; see ChunkingBench for the figures behind the sizes. */
    public static final Cutting PLAIN =
            new Cutting(CONTENT_DEFINED, 64 << 10, 256 << 10, MAX_CHUNK);

    private static final byte[][] MAGICS = {
        {0x1f, (byte) 0x8b}, // gzip
        {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, // zstd
        {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, // xz
        {'B', 'Z', 'h'}, // bzip2
    };

    public Cutting {
        if (way != FIXED && way != CONTENT_DEFINED) {
            throw new IllegalArgumentException("chunks cut in way " + way);
        }
        if (min < 1 || min > average || average > max || max > MAX_CHUNK) {
            throw new IllegalArgumentException(
                    "chunks of " + min + ", " + average + ", " + max + " bytes");
        }
    }

    /**
     * The way to cut a content.
     *
     * @param bytes begin with its first bytes: {@link #MAGIC_LENGTH} of them, or all there are
     */
    public static Cutting of(byte[] bytes) {
        for (byte[] magic : MAGICS) {
            if (bytes.length >= magic.length
                    && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length)) {
                return COMPRESSED;
            }
        }
        return PLAIN;
    }

    Cutter cutter() {
        return way == FIXED
                ? (bytes, from, to) -> Math.min(to - from, max)
                : new FastCdc(min, average, max);
    }
}

package org.bowline.content.chunk;

import org.bowline.api.content.Digest;

/**
 * One slice of a content, named by what it holds.
 *
 * @param digest of its bytes
 * @param length bytes, 1 to {@link Cutting#MAX_CHUNK}
 */
public record Chunk(Digest digest, int length) {
    /** Bytes of a chunk in a list of chunks: the hash and the length, big endian. */
    public static final int ENCODED = Sha256.LENGTH + Integer.BYTES;

    public Chunk {
        if (length < 1 || length > Cutting.MAX_CHUNK) {
            throw new IllegalArgumentException("chunk of " + length + " bytes");
        }
    }
}

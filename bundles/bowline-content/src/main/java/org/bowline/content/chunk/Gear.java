package org.bowline.content.chunk;

import java.nio.ByteBuffer;

/**
 * The 256 numbers behind the rolling hash of {@link FastCdc}. Number {@code i} is the first eight
 * bytes, big endian, of the SHA-256 of the text {@code bowline gear 1: i} (i in decimal).
 *
 * <p>Fixed for ever: other numbers cut other chunks, and nothing would match what hosts hold.
 */
final class Gear {
    private Gear() {}

    static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = ByteBuffer.wrap(Sha256.of("bowline gear 1: " + i)).getLong();
        }
        return table;
    }
}

package org.bowline.identity.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Bouncy Castle's Argon2id, by its lightweight API. Loaded with the first password only. */
final class Argon2id {
    private Argon2id() {}

    /**
     * Argon2id version 1.3 (RFC 9106), without secret and associated data.
     *
     * @param length bytes wanted
     */
    static byte[] derive(byte[] password, byte[] salt, Cost cost, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKiB())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        byte[] derived = new byte[length];
        generator.generateBytes(password, derived);
        return derived;
    }
}

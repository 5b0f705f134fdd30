package org.bowline.identity.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bowline.api.identity.Passwords;
import org.osgi.service.component.annotations.Component;

/**
 * Argon2id with 19 MiB, two passes and one lane; reads hashes of up to 64 MiB, ten passes and four
 * lanes. All calls together take at most 64 MiB at a time: three usual ones, or one of the largest.
 */
@Component
public final class Argon2idPasswords implements Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** What a check of an unreadable hash is made with; nothing is ever equal to it. */
    private static final PhcHash NOBODY =
            new PhcHash(Cost.USUAL, new byte[SALT_BYTES], new byte[0]);

    private final SecureRandom random = new SecureRandom();
    private final Semaphore memoryKiB = new Semaphore(Cost.MOST_MEMORY_KIB, true);

    @Override
    public String hash(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PhcHash(Cost.USUAL, salt, derive(password, salt, Cost.USUAL, HASH_BYTES)).text();
    }

    @Override
    public boolean matches(char[] password, String hash) {
        Optional<PhcHash> readable = PhcHash.parse(hash);
        PhcHash wanted = readable.orElse(NOBODY);
        int length = readable.isPresent() ? wanted.hash().length : HASH_BYTES;
        byte[] found = derive(password, wanted.salt(), wanted.cost(), length);
        return MessageDigest.isEqual(found, wanted.hash());
    }

    private byte[] derive(char[] password, byte[] salt, Cost cost, int length) {
        byte[] bytes = utf8(password);
        memoryKiB.acquireUninterruptibly(cost.memoryKiB());
        try {
            return Argon2id.derive(bytes, salt, cost, length);
        } finally {
            memoryKiB.release(cost.memoryKiB());
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}

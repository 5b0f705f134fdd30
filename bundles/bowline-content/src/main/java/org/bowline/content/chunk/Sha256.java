package org.bowline.content.chunk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bowline.api.content.Digest;

/** The one hash of the store. */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private Sha256() {}

    /** A fresh digest. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of those bytes. */
    public static Digest digest(byte[] bytes, int off, int len) {
        MessageDigest sha = start();
        sha.update(bytes, off, len);
        return named(sha.digest());
    }

    /** The name of a hash that was taken. */
    public static Digest named(byte[] hash) {
        return new Digest(Digest.PREFIX + HexFormat.of().formatHex(hash));
    }

    /** The 32 bytes of a digest. */
    public static byte[] bytes(Digest digest) {
        return HexFormat.of().parseHex(digest.hex());
    }

    static byte[] of(String text) {
        return start().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}

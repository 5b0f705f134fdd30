package org.bowline.api.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * Names a host for the life of its data directory: the first 130 bits of the SHA-256 of its public
 * key (DER SubjectPublicKeyInfo, RFC 5280), as 26 letters of lower-case base32 (RFC 4648, without
 * padding).
 *
 * <p>It is all that is needed to recognise the key, so tokens pin it and peers prove it in every
 * handshake.
 */
public record HostId(@JsonValue String value) implements Comparable<HostId> {
    /** Letters in an id. */
    public static final int LENGTH = 26;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostId {
        if (value.length() != LENGTH || !value.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("not a host id: " + value);
        }
    }

    /** The id of the host that owns this key. */
    public static HostId of(PublicKey key) {
        return of(key.getEncoded());
    }

    /**
     * The id of the host that owns this key.
     *
     * @param spki the key as DER SubjectPublicKeyInfo
     */
    public static HostId of(byte[] spki) {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-256").digest(spki);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int bit = 0; bit < LENGTH * 5; bit += 5) {
            int two = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
            letters.append(ALPHABET.charAt(two >> 11 - bit % 8 & 31));
        }
        return new HostId(letters.toString());
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

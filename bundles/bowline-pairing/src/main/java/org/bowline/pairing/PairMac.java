package org.bowline.pairing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves the one-time password over everything said so far, without ever sending it.
 *
 * <p>The key of each message is HKDF-SHA256 (RFC 5869) of the one-time password, with the group id
 * as salt and {@code bowline pair/1 <message>} as info; its MAC is HMAC-SHA256 over both hosts'
 * public keys (joining host first) and the bodies of all messages up to and with this one, each
 * with its length in front.
 */
final class PairMac {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;
    private final byte[] joiningKey;
    private final byte[] leaderKey;

    /**
     * @param joiningKey the joining host's public key, DER SubjectPublicKeyInfo, as the handshake
     *     proved it
     * @param leaderKey the leader's, likewise
     */
    PairMac(Token token, byte[] joiningKey, byte[] leaderKey) {
        this.secret = hmac(token.group().getBytes(StandardCharsets.UTF_8), token.otp());
        this.joiningKey = joiningKey.clone();
        this.leaderKey = leaderKey.clone();
    }

    /** The MAC of the last of these bodies, which is the body of that message. */
    byte[] of(String message, List<byte[]> bodies) {
        byte[] info = ("bowline pair/1 " + message + "\u0001").getBytes(StandardCharsets.UTF_8);
        Mac mac = keyed(hmac(secret, info));
        update(mac, joiningKey);
        update(mac, leaderKey);
        bodies.forEach(body -> update(mac, body));
        return mac.doFinal();
    }

    /** Whether that is the MAC of the last of these bodies; takes the same time either way. */
    boolean proves(byte[] mac, String message, List<byte[]> bodies) {
        return MessageDigest.isEqual(mac, of(message, bodies));
    }

    private static void update(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(4).putInt(part.length).array());
        mac.update(part);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        return keyed(key).doFinal(data);
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}

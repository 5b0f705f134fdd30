package org.bowline.identity.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash in the PHC string format, such as {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}, both in base64 without padding.
 */
final class PhcHash {
    /** Of the hash's base64: 16 to 64 bytes; of the salt's: 8 to 64 bytes. */
    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,5}),t=([1-9]\\d?),p=([1-9])"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    PhcHash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** Reads it; empty if it is anything else, or asks for more than {@link Cost} allows. */
    static Optional<PhcHash> parse(String text) {
        Matcher part = FORM.matcher(text);
        if (!part.matches()) {
            return Optional.empty();
        }
        try {
            Cost cost = new Cost(number(part, 1), number(part, 2), number(part, 3));
            return Optional.of(new PhcHash(cost, bytes(part, 4), bytes(part, 5)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // out of bounds, or no base64
        }
    }

    Cost cost() {
        return cost;
    }

    byte[] salt() {
        return salt;
    }

    byte[] hash() {
        return hash;
    }

    /** The form that {@link #parse} reads: all there is to know of the password, so a secret. */
    String text() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKiB(),
                        cost.passes(),
                        cost.lanes(),
                        BASE64.encodeToString(salt),
                        BASE64.encodeToString(hash));
    }

    private static int number(Matcher part, int group) {
        return Integer.parseInt(part.group(group));
    }

    private static byte[] bytes(Matcher part, int group) {
        return Base64.getDecoder().decode(part.group(group));
    }
}

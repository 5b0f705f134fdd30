package org.bowline.api.content;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names bytes by their SHA-256, as OCI does: {@code sha256:} and 64 lower-case hex digits.
 *
 * @param value the whole text
 */
public record Digest(@JsonValue String value) implements Comparable<Digest> {
    /** What every digest begins with. */
    public static final String PREFIX = "sha256:";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (value.length() != PREFIX.length() + 64
                || !value.startsWith(PREFIX)
                || !value.chars().skip(PREFIX.length()).allMatch(Digest::hexDigit)) {
            throw new IllegalArgumentException("not a digest: " + value);
        }
    }

    /** The 64 hex digits. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    private static boolean hexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

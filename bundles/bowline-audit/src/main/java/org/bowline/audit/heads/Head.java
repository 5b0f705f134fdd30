package org.bowline.audit.heads;

import java.time.Instant;

/**
 * What a host said its newest line was.
 *
 * @param number of the line
 * @param hash of the line, as hex
 * @param heard when this host heard it first, by its own clock
 * @param missed whether a check did not find it: such a head is kept
 */
public record Head(long number, String hash, Instant heard, boolean missed) {
    private static final String HASH = "[0-9a-f]{64}";

    public Head {
        if (number < 1 || !hash.matches(HASH)) {
            throw new IllegalArgumentException("no head of an audit log: " + number + " " + hash);
        }
    }

    boolean sameLine(Head other) {
        return number == other.number && hash.equals(other.hash);
    }

    Head asMissed() {
        return new Head(number, hash, heard, true);
    }
}

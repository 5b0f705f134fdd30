package org.bowline.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes that a request asks for.
 *
 * @param first offset of its first byte
 * @param length its bytes; 0 if there is no such range
 */
record ByteRange(long first, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * What a {@code Range} header asks of so many bytes; empty for one that is to be ignored:
     * another unit, several ranges, or nonsense.
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher one = ONE.matcher(header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (one.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(one.group(2)), size);
            return Optional.of(new ByteRange(size - suffix, suffix));
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? size - 1 : Long.parseLong(one.group(2));
        if (last < first && !one.group(2).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.max(0, Math.min(last, size - 1) - first + 1)));
    }

    /** As {@code Content-Range} tells it. */
    String header(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}

package org.bowline.content.store;

import java.util.Arrays;

/**
 * A set of digests that must stay, by their first 64 bits: 8 bytes each, so that a million chunks
 * cost 8 MB. Two digests that begin alike make the sweeper keep a chunk too many, which does no
 * harm.
 */
final class Marks {
    private long[] marks = new long[1024];
    private int count;
    private boolean sorted;

    static long shorten(String hex) {
        return Long.parseUnsignedLong(hex, 0, 16, 16);
    }

    void add(long digest) {
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, count * 2);
        }
        marks[count++] = digest;
        sorted = false;
    }

    boolean contains(long digest) {
        if (!sorted) {
            Arrays.sort(marks, 0, count);
            sorted = true;
        }
        return Arrays.binarySearch(marks, 0, count, digest) >= 0;
    }
}

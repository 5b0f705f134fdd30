package org.bowline.audit.heads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The heads of one host that are worth keeping: the newest, and older ones at a distance that grows
 * fourfold, so that few of them cover much; and some that a check did not find.
 */
final class HeadList {
    static final int MOST = 9;
    private static final int MOST_MISSED = 4;

    private HeadList() {}

    /** That list with one more head, and without those that it makes needless. */
    static List<Head> with(List<Head> heads, Head next) {
        if (heads.stream().anyMatch(next::sameLine)) {
            return heads;
        }
        return thin(Stream.concat(heads.stream(), Stream.of(next)).toList());
    }

    /** The first of each distance stays, until it has grown into the next distance. */
    private static List<Head> thin(List<Head> heads) {
        long newest = heads.stream().mapToLong(Head::number).max().orElse(0);
        List<Head> byAge =
                heads.stream()
                        .sorted(Comparator.comparing(Head::number).thenComparing(Head::heard))
                        .toList();
        List<Head> kept = new ArrayList<>();
        Set<Integer> distances = new HashSet<>();
        int missed = 0;
        for (Head head : byAge) {
            int distance = distance(newest - head.number());
            if (head.missed()
                    ? missed++ < MOST_MISSED
                    : distance < MOST && distances.add(distance)) {
                kept.add(head);
            }
        }
        return List.copyOf(kept);
    }

    /** 0 for the newest itself, 1 for up to 3 lines, 2 for up to 15, and so on. */
    private static int distance(long lines) {
        return lines == 0 ? 0 : 1 + (63 - Long.numberOfLeadingZeros(lines)) / 2;
    }
}

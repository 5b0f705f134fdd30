package org.bowline.audit.heads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The heads of one host that are worth keeping: the newest, and older ones at a distance that grows
 * fourfold, so that few of them cover much; and some that a check did not find. Behind a jump of
 * more than {@value #JUMP} lines, which is more than a log holds, another such row begins: a number
 * that was made up, however large, pushes out no head before it.
 */
final class HeadList {
    static final int MOST = 33; // of a row: one for each distance
    static final long JUMP = 1_000_000;
    private static final int MOST_ROWS = 4; // a head that would begin one more is not kept
    private static final int MOST_MISSED = 8; // those that were heard first

    private static final Comparator<Head> ORDER =
            Comparator.comparing(Head::number).thenComparing(Head::heard);

    private HeadList() {}

    /** That list with one more head, and without those that it makes needless. */
    static List<Head> with(List<Head> heads, Head next) {
        if (heads.stream().anyMatch(next::sameLine)) {
            return heads;
        }
        List<Head> all = Stream.concat(heads.stream(), Stream.of(next)).sorted(ORDER).toList();
        List<List<Head>> rows = rows(all.stream().filter(head -> !head.missed()).toList());
        if (rows.size() > MOST_ROWS) {
            return heads;
        }
        Stream<Head> missed =
                all.stream()
                        .filter(Head::missed)
                        .sorted(Comparator.comparing(Head::heard))
                        .limit(MOST_MISSED);
        Stream<Head> thin = rows.stream().flatMap(row -> thin(row).stream());
        return Stream.concat(missed, thin).sorted(ORDER).toList();
    }

    private static List<List<Head>> rows(List<Head> byAge) {
        List<List<Head>> rows = new ArrayList<>();
        long last = 0;
        for (Head head : byAge) {
            if (rows.isEmpty() || head.number() - last > JUMP) {
                rows.add(new ArrayList<>());
            }
            rows.get(rows.size() - 1).add(head);
            last = head.number();
        }
        return rows;
    }

    /** The first of each distance stays, until it has grown into the next distance. */
    private static List<Head> thin(List<Head> row) {
        long newest = row.get(row.size() - 1).number();
        Set<Integer> distances = new HashSet<>();
        return row.stream()
                .filter(head -> distances.add(distance(newest - head.number())))
                .toList();
    }

    /** 0 for the newest itself, 1 for up to 3 lines, 2 for up to 15, and so on. */
    private static int distance(long lines) {
        return lines == 0 ? 0 : 1 + (63 - Long.numberOfLeadingZeros(lines)) / 2;
    }
}

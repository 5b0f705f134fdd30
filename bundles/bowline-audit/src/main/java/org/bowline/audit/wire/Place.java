package org.bowline.audit.wire;

import java.time.Instant;
import java.util.Comparator;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.identity.HostId;

/**
 * Where lines stand among those of all hosts. Lines have milliseconds; the nanoseconds below them
 * are the host's, so that two hosts' lines of one millisecond have an order, and a page that ends
 * between them can be gone on from.
 */
public final class Place {
    /** The newest first. */
    public static final Comparator<AuditLine> NEWEST_FIRST =
            Comparator.comparing(Place::of)
                    .thenComparing(AuditLine::host)
                    .thenComparing(AuditLine::number)
                    .reversed();

    private static final int NANOS_PER_MS = 1_000_000;

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Place() {}

    /** The time of a line with its host's nanoseconds. */
    public static Instant of(AuditLine line) {
        return line.time().plusNanos(nanos(line.host()));
    }

    /** Lines of that host before that time are those of fewer milliseconds than this. */
    public static long before(HostId host, Instant limit) {
        if (limit.isAfter(LATEST)) {
            return Long.MAX_VALUE;
        }
        if (limit.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        Instant own = limit.minusNanos(nanos(host));
        long floor = own.toEpochMilli();
        return own.getNano() % NANOS_PER_MS == 0 ? floor : floor + 1;
    }

    private static int nanos(HostId host) {
        return Math.floorMod(host.value().hashCode(), NANOS_PER_MS - 1) + 1;
    }
}

package org.bowline.audit.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;

/**
 * Merges the lines of many hosts as they come, and holds no more than are wanted, and not more than
 * {@value #MOST_LETTERS} letters. Where a host's lines were cut, the page ends: what is older comes
 * with the next one, so that no line is passed over. Safe for use by any thread.
 */
public final class Merge {
    static final long MOST_LETTERS = 4 << 20;
    private static final int FRAME = 256; // letters of a line beside its free text

    private final int most;
    private final TreeSet<AuditLine> lines = new TreeSet<>(Place.NEWEST_FIRST); // guarded by this
    private final Map<HostId, String> missing = new TreeMap<>(); // guarded by this
    private boolean more; // guarded by this
    private long letters; // guarded by this
    private Instant horizon = Instant.MIN; // of older lines not all are known; guarded by this

    public Merge(int most) {
        this.most = most;
    }

    /**
     * The lines of one host, the newest first.
     *
     * @param hasMore whether it has older ones
     * @param cut whether older ones that belong here were left out
     */
    public synchronized void add(List<AuditLine> some, boolean hasMore, boolean cut) {
        if (cut && !some.isEmpty()) {
            end(Place.of(some.get(some.size() - 1)));
        }
        more |= hasMore || cut;
        for (AuditLine line : some) {
            if (lines.add(line)) {
                letters += letters(line);
                trim();
            }
        }
        trim();
    }

    private void trim() {
        while (lines.size() > most
                || letters > MOST_LETTERS
                || !lines.isEmpty() && Place.of(lines.last()).isBefore(horizon)) {
            AuditLine oldest = lines.last();
            lines.remove(oldest);
            letters -= letters(oldest);
            more = true;
            if (lines.size() < most) { // what comes later and is older has no place any more
                end(Place.of(oldest).plusNanos(1));
            }
        }
    }

    private void end(Instant at) {
        horizon = at.isAfter(horizon) ? at : horizon;
    }

    private static long letters(AuditLine line) {
        Act act = line.act();
        return FRAME
                + act.actor().name().length()
                + act.actor().face().length()
                + act.subject().length()
                + act.cause().length()
                + act.detail().length();
    }

    /** That host's lines are not in it. */
    public synchronized void missing(HostId host, String cause) {
        missing.put(host, cause);
    }

    /** Older lines are of no use any more; empty if all are. */
    public synchronized Optional<Instant> floor() {
        return lines.size() < most ? Optional.empty() : Optional.of(lines.last().time());
    }

    /** What is there now; what comes later is not in it. */
    public synchronized AuditPage page() {
        Optional<Instant> before =
                more && !lines.isEmpty() ? Optional.of(Place.of(lines.last())) : Optional.empty();
        return new AuditPage(List.copyOf(lines), before, missing);
    }
}

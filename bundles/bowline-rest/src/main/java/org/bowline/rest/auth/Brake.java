package org.bowline.rest.auth;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets so many of one kind and source through in a minute and counts the others, so that nobody who
 * is refused again and again fills the disk with it, or hides what somebody else tries behind it.
 * Safe for use by any thread.
 */
final class Brake {
    /** Sources told apart in a minute; those beyond share the allowance of one. */
    static final int MOST_SOURCES = 256;

    private static final long MINUTE = 60_000; // ms

    private record Kind(String act, String cause) {}

    private record Key(Kind kind, String source) {}

    private final Clock clock;
    private final int most;

    private long minute; // since the epoch; guarded by this
    private final Map<Key, Integer> through = new HashMap<>(); // in that minute; guarded by this
    private final Map<Kind, Integer> held = new HashMap<>(); // since one passed; guarded by this

    /**
     * @param clock may jump; that lets at most one more minute's worth through
     * @param most let through in a minute, of one kind and source
     */
    Brake(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /**
     * How many of that kind were held before this one, of any source; negative if this one is held
     * too.
     *
     * @param act one of the few that this room records, with one of the few causes
     * @param source who or where from
     */
    synchronized int pass(String act, String cause, String source) {
        long now = clock.millis() / MINUTE;
        if (now != minute) {
            minute = now;
            through.clear();
        }
        Kind kind = new Kind(act, cause);
        Key own = new Key(kind, source);
        boolean crowded = !through.containsKey(own) && through.size() >= MOST_SOURCES;
        if (through.merge(crowded ? new Key(kind, "") : own, 1, Integer::sum) > most) {
            held.merge(kind, 1, Integer::sum);
            return -1;
        }
        Integer before = held.remove(kind);
        return before == null ? 0 : before;
    }
}

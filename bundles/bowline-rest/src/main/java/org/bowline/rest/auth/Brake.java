package org.bowline.rest.auth;

import java.time.Clock;

/**
 * Lets so many through in a minute and counts the others, so that nobody who is refused again and
 * again fills the disk with it. Safe for use by any thread.
 */
final class Brake {
    private static final long MINUTE = 60_000; // ms

    private final Clock clock;
    private final int most;

    private long minute; // since the epoch; guarded by this
    private int through; // in that minute; guarded by this
    private int held; // since one was let through; guarded by this

    /**
     * @param clock may jump; that lets at most one more minute's worth through
     * @param most let through in a minute
     */
    Brake(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** How many were held before this one; negative if this one is held too. */
    synchronized int pass() {
        long now = clock.millis() / MINUTE;
        if (now != minute) {
            minute = now;
            through = 0;
        }
        if (through >= most) {
            held++;
            return -1;
        }
        through++;
        int before = held;
        held = 0;
        return before;
    }
}

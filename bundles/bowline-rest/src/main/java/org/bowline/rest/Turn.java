package org.bowline.rest;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When a room is looked at: at once when it changes, but only a tenth of the time if it changes
 * without end. For one thread, except {@link #ring}.
 */
final class Turn {
    private static final long LEAST_REST = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(250);

    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final Runnable bell;
    private long restsUntil; // nanoTime
    private long heldUntil; // nanoTime
    private boolean held;

    /**
     * @param bell wakes the thread that looks
     * @param now of {@link System#nanoTime}
     */
    Turn(Runnable bell, long now) {
        this.bell = bell;
        restsUntil = now;
    }

    /** The room changed. */
    void ring() {
        changed.set(true);
        bell.run();
    }

    /** Whether to look now; if so the change counts as seen. */
    boolean take(long now) {
        return untilDue(now) <= 0 && (changed.getAndSet(false) | heldBack());
    }

    /**
     * Notes a look.
     *
     * @param holdsBack nanoseconds after which what may not be told yet is told, 0 if there is none
     */
    void looked(long began, long now, long holdsBack) {
        restsUntil = now + Math.min(LONGEST_REST, Math.max(LEAST_REST, 9 * (now - began)));
        held = holdsBack > 0;
        heldUntil = now + holdsBack;
    }

    /** Nanoseconds until there is something to look at, as far as is known. */
    long untilDue(long now) {
        long rest = restsUntil - now;
        if (changed.get()) {
            return rest;
        }
        return held ? Math.max(rest, heldUntil - now) : Long.MAX_VALUE;
    }

    private boolean heldBack() {
        boolean was = held;
        held = false;
        return was;
    }
}

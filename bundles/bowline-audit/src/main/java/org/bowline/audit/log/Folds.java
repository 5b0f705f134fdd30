package org.bowline.audit.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;

/**
 * Keeps a flood from rotating the log away. What was not done is written at once the first time;
 * what is like it (same actor, face, act, subject, outcome and cause) in the ten seconds from then
 * on is only counted, and one more line names the count. Of acts that differ in actor or subject
 * only, more than {@value #MOST} in those ten seconds are counted together, in a line of the
 * system. What was done is never folded. A kill loses the counts of the last ten seconds. Safe for
 * use by any thread.
 */
public final class Folds {
    static final long WINDOW_SECONDS = 10;
    static final int MOST = 32;

    private final LongSupplier nanos;
    private final Map<Key, Fold> open = new HashMap<>(); // guarded by this
    private final Map<Key, Integer> kinds = new HashMap<>(); // guarded by this
    private final Deque<Fold> byAge = new ArrayDeque<>(); // guarded by this

    private record Key(Actor actor, String act, String subject, Act.Outcome outcome, String cause) {
        static Key of(Act act) {
            return new Key(act.actor(), act.act(), act.subject(), act.outcome(), act.cause());
        }

        Key kind() {
            return new Key(Actor.SYSTEM, act, "(several)", outcome, cause);
        }
    }

    private static final class Fold {
        private final Key key;
        private final long since;
        private long more;

        Fold(Key key, long since) {
            this.key = key;
            this.since = since;
        }

        Act act() {
            String detail =
                    (more == 1 ? "1 more time" : more + " more times")
                            + " within "
                            + WINDOW_SECONDS
                            + " s"
                            + (key.equals(key.kind()) ? ", by several or on several" : "");
            return new Act(key.actor, key.act, key.subject, key.outcome, key.cause, detail);
        }
    }

    public Folds(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether that act is to be written now; else it was counted. */
    public synchronized boolean admit(Act act) {
        if (act.outcome() == Act.Outcome.DONE) {
            return true;
        }
        Key key = Key.of(act);
        Fold fold = open.get(key);
        if (fold == null && kinds.getOrDefault(key.kind(), 0) < MOST) {
            begin(key);
            kinds.merge(key.kind(), 1, Integer::sum);
            return true;
        }
        Fold counted = fold != null ? fold : open.get(key.kind());
        if (counted == null) {
            counted = begin(key.kind());
        }
        counted.more++;
        return false;
    }

    private Fold begin(Key key) {
        Fold fold = new Fold(key, nanos.getAsLong());
        open.put(key, fold);
        byAge.add(fold);
        return fold;
    }

    /** The lines of those whose ten seconds are over, to be written now. */
    public synchronized List<Act> due() {
        return take(nanos.getAsLong() - TimeUnit.SECONDS.toNanos(WINDOW_SECONDS));
    }

    /** The lines of all, at the end. */
    public synchronized List<Act> all() {
        return take(nanos.getAsLong());
    }

    private List<Act> take(long until) {
        List<Act> lines = new ArrayList<>();
        while (!byAge.isEmpty() && byAge.element().since - until <= 0) {
            Fold fold = byAge.remove();
            open.remove(fold.key);
            kinds.computeIfPresent(fold.key.kind(), (kind, n) -> n > 1 ? n - 1 : null);
            if (fold.more > 0) {
                lines.add(fold.act());
            }
        }
        return lines;
    }
}

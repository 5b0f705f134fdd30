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
 * system. What was done is never folded.
 *
 * <p>Whoever floods a host for days may change actor and subject each time, so each kind (act,
 * outcome and cause) also has at most {@value #AN_HOUR} first lines an hour and {@value #A_DAY} a
 * day; what is more is counted, in one line per ten minutes. With the lines of the counts that is
 * less than 600 lines a day of a kind. A kill loses the counts that are open. Safe for use by any
 * thread.
 */
public final class Folds {
    static final long WINDOW_SECONDS = 10;
    static final int MOST = 32;
    static final int AN_HOUR = 100;
    static final int A_DAY = 200;
    private static final long LONG_WINDOW_SECONDS = 600;

    private final LongSupplier nanos;
    private final Map<Key, Fold> open = new HashMap<>(); // guarded by this
    private final Map<Key, Integer> kinds = new HashMap<>(); // guarded by this
    private final Map<Key, Budget> budgets = new HashMap<>(); // of each kind; guarded by this
    private final Deque<Fold> byAge = new ArrayDeque<>(); // guarded by this
    private final Deque<Fold> longByAge = new ArrayDeque<>(); // guarded by this

    private record Key(Actor actor, String act, String subject, Act.Outcome outcome, String cause) {
        static Key of(Act act) {
            return new Key(act.actor(), act.act(), act.subject(), act.outcome(), act.cause());
        }

        Key kind() {
            return new Key(Actor.SYSTEM, act, "(several)", outcome, cause);
        }
    }

    /** The first lines that a kind has still to give. */
    private static final class Budget {
        private long hour;
        private long day;
        private int inHour;
        private int inDay;

        Budget(long now) {
            hour = now;
            day = now;
        }

        boolean isLeft(long now) {
            if (now - hour >= TimeUnit.HOURS.toNanos(1)) {
                hour = now;
                inHour = 0;
            }
            if (now - day >= TimeUnit.DAYS.toNanos(1)) {
                day = now;
                inDay = 0;
            }
            return inHour < AN_HOUR && inDay < A_DAY;
        }

        void take() {
            inHour++;
            inDay++;
        }
    }

    private static final class Fold {
        private final Key key;
        private final long since;
        private final long seconds;
        private long more;

        Fold(Key key, long since, long seconds) {
            this.key = key;
            this.since = since;
            this.seconds = seconds;
        }

        Act act() {
            String detail =
                    (more == 1 ? "1 more time" : more + " more times")
                            + " within "
                            + seconds
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
        Key kind = key.kind();
        Fold fold = open.get(key);
        long now = nanos.getAsLong();
        Budget budget = budgets.computeIfAbsent(kind, any -> new Budget(now));
        boolean left = budget.isLeft(now);
        if (fold == null && left && kinds.getOrDefault(kind, 0) < MOST) {
            byAge.add(begin(key, now, WINDOW_SECONDS));
            kinds.merge(kind, 1, Integer::sum);
            budget.take();
            return true;
        }
        Fold counted = fold != null ? fold : open.get(kind);
        if (counted == null) {
            counted = begin(kind, now, left ? WINDOW_SECONDS : LONG_WINDOW_SECONDS);
            (left ? byAge : longByAge).add(counted);
        }
        counted.more++;
        return false;
    }

    private Fold begin(Key key, long now, long seconds) {
        Fold fold = new Fold(key, now, seconds);
        open.put(key, fold);
        return fold;
    }

    /** The lines of those whose time is over, to be written now. */
    public synchronized List<Act> due() {
        long now = nanos.getAsLong();
        List<Act> lines = take(byAge, now - TimeUnit.SECONDS.toNanos(WINDOW_SECONDS));
        lines.addAll(take(longByAge, now - TimeUnit.SECONDS.toNanos(LONG_WINDOW_SECONDS)));
        return lines;
    }

    /** The lines of all, at the end. */
    public synchronized List<Act> all() {
        List<Act> lines = take(byAge, nanos.getAsLong());
        lines.addAll(take(longByAge, nanos.getAsLong()));
        return lines;
    }

    private List<Act> take(Deque<Fold> from, long until) {
        List<Act> lines = new ArrayList<>();
        while (!from.isEmpty() && from.element().since - until <= 0) {
            Fold fold = from.remove();
            open.remove(fold.key);
            if (!fold.key.equals(fold.key.kind())) {
                kinds.computeIfPresent(fold.key.kind(), (kind, n) -> n > 1 ? n - 1 : null);
            }
            if (fold.more > 0) {
                lines.add(fold.act());
            }
        }
        return lines;
    }
}

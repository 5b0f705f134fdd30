package org.bowline.group.state;

import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What this host knows of one group now, and the newest entries that led there. Voter and feed
 * write it, whichever is ahead; it never goes back. Feeds read its tail at their own speed: who
 * falls behind the tail needs a snapshot, so a slow reader costs nobody memory.
 */
public final class Ledger {
    /** One entry with the revision it made. */
    public record Fed(long revision, byte[] entry) {}

    private static final int TAIL_ENTRIES = 4096;
    private static final int TAIL_BYTES = 4 << 20;
    private static final int MOST_AT_ONCE = 256;

    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private volatile State state;
    private volatile boolean closed;
    private final NavigableMap<Long, Fed> tail = new TreeMap<>(); // guarded by lock
    private int tailBytes; // guarded by lock

    public Ledger(State state) {
        this.state = state;
    }

    /** The newest state; never waits. */
    public State state() {
        return state;
    }

    /** Calls back after each change, on the thread that made it. */
    public void watch(Runnable changed) {
        watchers.add(changed);
    }

    /** Takes the next state with the entry that made it; an older one is ignored. */
    public void publish(State next, byte[] entry) {
        synchronized (lock) {
            if (closed || next.revision() <= state.revision()) {
                return;
            }
            if (next.revision() != state.revision() + 1) {
                clearTail();
            } else {
                tail.put(next.revision(), new Fed(next.revision(), entry));
                tailBytes += entry.length;
                while (tail.size() > TAIL_ENTRIES || tailBytes > TAIL_BYTES && tail.size() > 1) {
                    tailBytes -= tail.pollFirstEntry().getValue().entry().length;
                }
            }
            state = next;
            lock.notifyAll();
        }
        watchers.forEach(Runnable::run);
    }

    /** Takes a whole state, as out of a snapshot; an older one is ignored. */
    public void publish(State next) {
        synchronized (lock) {
            if (closed || next.revision() <= state.revision()) {
                return;
            }
            clearTail();
            state = next;
            lock.notifyAll();
        }
        watchers.forEach(Runnable::run);
    }

    /**
     * The entries after that revision, at most a few; waits for the first.
     *
     * @return empty if that revision lies before the tail and a snapshot is needed; an empty list
     *     if nothing came in time
     */
    public Optional<List<Fed>> after(long revision, Duration limit) throws InterruptedException {
        synchronized (lock) {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!closed && state.revision() <= revision) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.of(List.of());
                }
                lock.wait(left);
            }
            if (closed) {
                return Optional.of(List.of());
            }
            if (tail.isEmpty() || tail.firstKey() > revision + 1) {
                return Optional.empty();
            }
            return Optional.of(
                    tail.tailMap(revision, false).values().stream().limit(MOST_AT_ONCE).toList());
        }
    }

    /** Waits until the state has at least that revision; false if it has not in time. */
    public boolean await(long revision, Duration limit) throws InterruptedException {
        synchronized (lock) {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!closed && state.revision() < revision) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                lock.wait(left);
            }
            return !closed;
        }
    }

    /** Ends every wait; nothing is published any more. */
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    private void clearTail() {
        tail.clear();
        tailBytes = 0;
    }
}

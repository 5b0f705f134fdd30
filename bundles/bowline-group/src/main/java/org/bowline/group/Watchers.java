package org.bowline.group;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to know that something changed, told on a thread of their own, {@code
 * bowline-group-watch}: a slow one delays neither consensus nor feed.
 */
final class Watchers {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Wakes wakes;
    private final Thread thread = new Thread(this::run, "bowline-group-watch");
    private volatile boolean closed;

    Watchers(Wakes wakes) {
        this.wakes = wakes;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Subscription add(Runnable changed) {
        Watcher watcher = new Watcher(changed);
        watchers.add(watcher);
        return watcher;
    }

    private void run() {
        long seen = 0;
        try {
            while (!closed) {
                seen = wakes.next(seen, LONGEST_WAIT);
                watchers.forEach(Watcher::call);
            }
        } catch (InterruptedException e) {
            LOG.debug("Ends", e);
        }
    }

    /** Ends the thread; nobody is told any more. */
    void close() {
        closed = true;
        wakes.wake();
        Joined.await(thread);
    }

    /** One watch; its monitor makes sure that no call arrives after close returned. */
    private final class Watcher implements Subscription {
        private final Runnable changed;
        private boolean ended; // guarded by this

        Watcher(Runnable changed) {
            this.changed = changed;
        }

        synchronized void call() {
            if (ended) {
                return;
            }
            try {
                changed.run();
            } catch (RuntimeException e) {
                LOG.warn("A watcher of the group failed; it is told of the next change", e);
            }
        }

        @Override
        public synchronized void close() {
            ended = true;
            watchers.remove(this);
        }
    }
}

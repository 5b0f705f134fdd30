package org.bowline.pairing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;

/** Those who want to know that something changed. Calls back on the thread that made the change. */
final class Wakes {
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    Subscription watch(Runnable changed) {
        Watcher watcher = new Watcher(changed);
        watchers.add(watcher);
        return watcher;
    }

    void wake() {
        watchers.forEach(Watcher::call);
    }

    private final class Watcher implements Subscription {
        private final Runnable changed;
        private boolean closed; // guarded by this: no call arrives after close

        Watcher(Runnable changed) {
            this.changed = changed;
        }

        synchronized void call() {
            if (!closed) {
                changed.run();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
            synchronized (this) {
                closed = true;
            }
        }
    }
}

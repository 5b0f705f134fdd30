package org.bowline.peers.presence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know of changes. One that throws does not keep the others from knowing. */
final class Watchers {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final List<Watcher> all = new CopyOnWriteArrayList<>();

    Subscription add(Runnable changed) {
        Watcher watcher = new Watcher(changed);
        all.add(watcher);
        return watcher;
    }

    void call() {
        all.forEach(Watcher::call);
    }

    /** Its monitor makes sure that no call arrives after close returned. */
    private final class Watcher implements Subscription {
        private final Runnable changed;
        private boolean closed; // guarded by this

        Watcher(Runnable changed) {
            this.changed = changed;
        }

        synchronized void call() {
            if (closed) {
                return;
            }
            try {
                changed.run();
            } catch (RuntimeException e) {
                LOG.warn("A watcher of presence failed; it is called again next time", e);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            all.remove(this);
        }
    }
}

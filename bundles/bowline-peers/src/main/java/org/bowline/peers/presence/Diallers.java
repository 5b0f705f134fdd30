package org.bowline.peers.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.peers.NamedThreads;

/**
 * Holds a channel to every host that is wanted. Those that are urgent are dialled at once; of the
 * others a few at a time, in random order, so that a group that lost its leader makes no storm.
 *
 * <pre>
 *   want --> RESTS --> QUEUED --> TRIES --> TALKS
 *              ^   (urgent: at once)  |       |
 *              '----------------------'-------'
 * </pre>
 *
 * <p>Owns the threads {@code bowline-presence-dial}: one for each host that is tried or talked to,
 * none for those that wait. Safe for use by any thread; no call waits.
 */
final class Diallers {
    /** Tried at one time, besides the urgent ones. Who answered does not count. */
    static final int AT_ONCE = 16;

    private final Peers peers;
    private final Dialler.Conversation conversation;
    private final ScheduledExecutorService timer;
    private final Consumer<Runnable> closer;
    private final long spread;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    1,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    new NamedThreads("bowline-presence-dial"));

    // Guarded by this.
    private final Map<HostId, Dialler> all = new HashMap<>();
    private final List<Dialler> queue = new ArrayList<>();
    private int trying;
    private boolean stopped;

    /**
     * @param timer calls back when a rest is over
     * @param closer runs what may wait for a peer
     * @param spread of the first tries, in ms
     */
    Diallers(
            Peers peers,
            Dialler.Conversation conversation,
            ScheduledExecutorService timer,
            Consumer<Runnable> closer,
            long spread) {
        this.peers = peers;
        this.conversation = conversation;
        this.timer = timer;
        this.closer = closer;
        this.spread = spread;
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Dials these from now on, and nobody else.
     *
     * @param urgent those of them that wait for nothing
     */
    synchronized void want(Set<HostId> wanted, Set<HostId> urgent) {
        if (stopped) {
            return;
        }
        for (Iterator<Dialler> each = all.values().iterator(); each.hasNext(); ) {
            Dialler dialler = each.next();
            if (!wanted.contains(dialler.peer)) {
                each.remove();
                end(dialler);
            }
        }
        for (HostId peer : wanted) {
            boolean hurry = urgent.contains(peer);
            Dialler dialler = all.get(peer);
            if (dialler == null) {
                add(new Dialler(peer, hurry));
            } else if (dialler.urgent != hurry) {
                dialler.urgent = hurry;
                hurry(dialler);
            }
        }
    }

    /** Ends all; nobody is dialled any more. */
    synchronized void stop() {
        stopped = true;
        all.values().forEach(this::end);
        all.clear();
        threads.shutdown();
    }

    private void add(Dialler dialler) {
        all.put(dialler.peer, dialler);
        if (dialler.urgent) {
            begin(dialler);
        } else {
            rest(dialler, ThreadLocalRandom.current().nextLong(spread));
        }
    }

    private void end(Dialler dialler) {
        unrest(dialler);
        queue.remove(dialler);
        closer.accept(dialler::end);
    }

    /** One that became urgent waits no longer. */
    private void hurry(Dialler dialler) {
        if (dialler.urgent && (unrest(dialler) || queue.remove(dialler))) {
            begin(dialler);
        }
    }

    private void rest(Dialler dialler, long millis) {
        dialler.due = timer.schedule(() -> rested(dialler), millis, TimeUnit.MILLISECONDS);
    }

    private static boolean unrest(Dialler dialler) {
        Future<?> due = dialler.due;
        dialler.due = null;
        return due != null && due.cancel(false);
    }

    private synchronized void rested(Dialler dialler) {
        dialler.due = null;
        if (all.get(dialler.peer) != dialler) {
            return; // ended
        }
        if (dialler.urgent) {
            begin(dialler);
        } else {
            queue.add(dialler);
            next();
        }
    }

    private void next() {
        while (trying < AT_ONCE && !queue.isEmpty()) {
            int chosen = ThreadLocalRandom.current().nextInt(queue.size());
            Dialler dialler = queue.get(chosen);
            queue.set(chosen, queue.get(queue.size() - 1));
            queue.remove(queue.size() - 1);
            trying++;
            dialler.counted = true;
            begin(dialler);
        }
    }

    private void begin(Dialler dialler) {
        threads.execute(() -> run(dialler));
    }

    private void run(Dialler dialler) {
        try {
            dialler.talk(peers, conversation, () -> tried(dialler));
        } finally {
            tried(dialler);
            over(dialler);
        }
    }

    private synchronized void tried(Dialler dialler) {
        if (dialler.counted) {
            dialler.counted = false;
            trying--;
            next();
        }
    }

    private synchronized void over(Dialler dialler) {
        if (all.get(dialler.peer) == dialler) {
            rest(dialler, dialler.rest(dialler.urgent));
        }
    }
}

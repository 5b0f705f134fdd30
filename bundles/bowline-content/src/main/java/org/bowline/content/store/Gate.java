package org.bowline.content.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bowline.api.content.Digest;

/**
 * Keeps the sweeper from taking what a writer just stored, or found and counts on. Writers pass
 * together; the sweeper passes alone, for one directory at a time.
 */
final class Gate {
    /** Something that touches the disk. */
    interface Work<T> {
        T run() throws IOException;
    }

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    // Digests, in short, that were stored since the sweep began; guarded by itself.
    private final Set<Long> fresh = new HashSet<>();
    private volatile boolean sweeping;

    <T> T store(Digest digest, Work<T> work) throws IOException {
        lock.readLock().lock();
        try {
            if (sweeping) {
                synchronized (fresh) {
                    fresh.add(Marks.shorten(digest.hex()));
                }
            }
            return work.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    <T> T alone(Work<T> work) throws IOException {
        lock.writeLock().lock();
        try {
            return work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** From now on remembers what is stored; afterwards forgets it. */
    void sweeping(boolean now) throws IOException {
        alone(
                () -> {
                    sweeping = now;
                    synchronized (fresh) {
                        fresh.clear();
                    }
                    return now;
                });
    }

    boolean isFresh(long digest) {
        synchronized (fresh) {
            return fresh.contains(digest);
        }
    }
}

package org.bowline.content.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.ContentStore.Space;
import org.jspecify.annotations.Nullable;

/**
 * How much may be stored. A quota bounds what the store takes; the disk keeps a reserve free: 5 %
 * of it, at least 2 GiB, but never more than a quarter of a small disk.
 *
 * <p>What lies there already is counted first; whoever wants to take room waits for that, so that
 * nothing comes or goes meanwhile. Safe for use by any thread.
 */
final class Capacity {
    private static final long LEAST_RESERVE = 2L << 30; // bytes

    private final FileStore disk;
    private final long quota;

    // Guarded by this.
    private long used;
    private boolean counted;
    private @Nullable IOException uncountable;

    /**
     * @param quota bytes; 0 if only the disk decides
     */
    Capacity(Path root, long quota) throws IOException {
        disk = Files.getFileStore(root);
        this.quota = quota == 0 ? Long.MAX_VALUE : quota;
    }

    static long reserve(long total) {
        return Math.min(Math.max(total / 20, LEAST_RESERVE), total / 4);
    }

    /** Counts bytes that are there already. */
    synchronized void found(long bytes) {
        used += bytes;
    }

    /** All that is there was found. */
    synchronized void counted() {
        counted = true;
        notifyAll();
    }

    /** It cannot be found out what is there: nothing can be taken. */
    synchronized void uncountable(IOException cause) {
        uncountable = cause;
        notifyAll();
    }

    synchronized boolean isCounted() {
        return counted;
    }

    private synchronized void awaitCount() throws IOException {
        try {
            while (!counted && uncountable == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (!counted) {
            throw new IOException("what the store holds could not be counted", uncountable);
        }
    }

    /**
     * Claims room for bytes about to be written.
     *
     * @throws RefusedException {@code STORE_FULL}
     */
    synchronized void take(long bytes) throws IOException {
        require(bytes, 0);
        used += bytes;
    }

    synchronized void giveBack(long bytes) {
        used -= bytes;
    }

    /** Refuses with {@code STORE_FULL} if there is no room for that many bytes. */
    synchronized void require(long bytes, long promised) throws IOException {
        awaitCount();
        long free = Math.max(0, space().free() - promised);
        if (bytes > free) {
            throw full(bytes, free);
        }
    }

    static RefusedException full(long needed, long free) {
        return new RefusedException(
                Refusal.STORE_FULL, "Needs " + Sizes.text(needed) + ", has " + Sizes.text(free));
    }

    /** Does not wait: while it is counted too little is used. */
    synchronized Space space() throws IOException {
        long onDisk = disk.getUsableSpace() - reserve(disk.getTotalSpace());
        return new Space(used, quota, Math.max(0, Math.min(onDisk, quota - used)));
    }
}

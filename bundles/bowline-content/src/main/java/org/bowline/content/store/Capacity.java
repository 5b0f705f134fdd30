package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.ContentStore.Space;

/**
 * How much may be stored. A quota bounds what the store takes; the disk keeps a reserve free: 5 %
 * of it, at least 2 GiB, but never more than a quarter of a small disk. Safe for use by any thread.
 */
final class Capacity {
    private static final long LEAST_RESERVE = 2L << 30; // bytes

    private final FileStore disk;
    private final long quota;

    private long used; // guarded by this

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
    void require(long bytes, long promised) throws IOException {
        long free = Math.max(0, space().free() - promised);
        if (bytes > free) {
            throw full(bytes, free);
        }
    }

    static RefusedException full(long needed, long free) {
        return new RefusedException(
                Refusal.STORE_FULL, "Needs " + Sizes.text(needed) + ", has " + Sizes.text(free));
    }

    synchronized Space space() throws IOException {
        long onDisk = disk.getUsableSpace() - reserve(disk.getTotalSpace());
        return new Space(used, quota, Math.max(0, Math.min(onDisk, quota - used)));
    }
}

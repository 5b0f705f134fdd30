package org.bowline.content.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.Batch;
import org.bowline.content.store.DiskContentStore;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and stores an upload's chunks on another thread than the one that reads and cuts, in
 * order, at most 8 MiB behind it. Every 64 MiB all is made safe and noted, so that a crash costs no
 * more than that. Used by one caller at a time.
 */
final class ChunkWriter implements AutoCloseable {
    private static final int BEHIND = 8; // chunks of at most 1 MiB
    private static final long UNSAFE = 64L << 20; // bytes

    private final DiskContentStore store;
    private final UploadFiles files;
    private final ExecutorService thread;
    private final Batch batch;
    private final Semaphore room = new Semaphore(BEHIND);

    // Only the writing thread, or the caller while nothing is being written.
    private long unsafe;
    private long safe;

    // The last chunk that was handed over: those before it end before it does.
    private @Nullable Future<?> last;
    private volatile @Nullable IOException failed;

    /**
     * @param thread runs one task at a time, in order
     * @param safe bytes of the chunks that are noted already
     */
    ChunkWriter(DiskContentStore store, UploadFiles files, ExecutorService thread, long safe) {
        this.store = store;
        this.files = files;
        this.thread = thread;
        this.safe = safe;
        this.batch = store.batch();
    }

    /** Hands a chunk over; waits while the writer is too far behind. */
    void put(byte[] bytes, int off, int len) throws IOException {
        check();
        byte[] own = Arrays.copyOfRange(bytes, off, off + len);
        room.acquireUninterruptibly();
        last = thread.submit(() -> write(own));
    }

    private void write(byte[] bytes) {
        try {
            if (failed == null) {
                Chunk chunk = new Chunk(Sha256.digest(bytes, 0, bytes.length), bytes.length);
                store.chunks().put(chunk, bytes, 0, batch);
                unsafe += bytes.length;
                if (unsafe >= UNSAFE) {
                    makeSafe();
                }
            }
        } catch (IOException e) {
            failed = e;
        } finally {
            room.release();
        }
    }

    private void makeSafe() throws IOException {
        List<Chunk> chunks = batch.chunks();
        batch.force(chunks.size());
        files.append(chunks);
        batch.forget(chunks.size());
        safe += unsafe;
        unsafe = 0;
    }

    /**
     * Waits until all is written, safe and noted; answers the bytes of all noted chunks.
     *
     * @throws IOException if a chunk could not be stored; those before it are safe and noted
     */
    long settle() throws IOException {
        await();
        if (unsafe > 0) {
            makeSafe();
        }
        check();
        return safe;
    }

    private void await() throws IOException {
        Future<?> waiting = last;
        if (waiting == null) {
            return;
        }
        try {
            waiting.get();
        } catch (ExecutionException e) {
            throw new IOException("a chunk could not be stored", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void check() throws IOException {
        IOException cause = failed;
        if (cause != null) {
            throw cause;
        }
    }

    @Override
    public void close() {
        batch.close();
    }
}

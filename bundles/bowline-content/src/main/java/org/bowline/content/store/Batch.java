package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;

/**
 * Chunks that one writer has stored and not yet noted elsewhere: they are kept from the sweeper,
 * and made safe together, which costs a fraction of one by one. Safe for use by any thread.
 */
public final class Batch implements AutoCloseable {
    private final Layout layout;
    private final ExecutorService threads;
    private final Set<Digest> unforced;
    private final Runnable closed;

    private final List<Chunk> chunks = new ArrayList<>(); // guarded by this

    /**
     * @param unforced chunks that a power cut may still take; safe for use by any thread
     */
    Batch(Layout layout, Set<Digest> unforced, ExecutorService threads, Consumer<Batch> closed) {
        this.layout = layout;
        this.unforced = unforced;
        this.threads = threads;
        this.closed = () -> closed.accept(this);
    }

    synchronized void add(Chunk chunk) {
        chunks.add(chunk);
    }

    /** What was stored since the last {@link #forget}. */
    public synchronized List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    /** Waits until the first {@code count} chunks are safe on disk. */
    public void force(int count) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        Set<Path> directories = new LinkedHashSet<>();
        List<Chunk> first = chunks().subList(0, count);
        for (Chunk chunk : first) {
            Path file = layout.chunk(chunk.digest());
            files.add(file);
            directories.add(Disk.directory(file));
            directories.add(layout.chunks());
        }
        forceAll(files);
        forceAll(directories);
        first.forEach(chunk -> unforced.remove(chunk.digest()));
    }

    private void forceAll(Set<Path> paths) throws IOException {
        List<Future<?>> waiting = new ArrayList<>();
        for (Path path : paths) {
            waiting.add(
                    threads.submit(
                            () -> {
                                Disk.force(path);
                                return path;
                            }));
        }
        try {
            for (Future<?> one : waiting) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a chunk could not be made safe", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Forgets the first {@code count} chunks: they are safe, and noted elsewhere. */
    public synchronized void forget(int count) {
        chunks.subList(0, count).clear();
    }

    @Override
    public void close() {
        closed.run();
    }
}

package org.bowline.content.sync;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.store.Batch;
import org.bowline.content.store.ChunkFiles;

/**
 * The chunks of one content that are still to be fetched, handed out to several workers. Reads the
 * manifest as they go, so that a large one is never in memory. Safe for use by any thread.
 */
final class ChunkQueue implements Closeable {
    private final ChunkList list;
    private final ChunkFiles files;
    private final Progress progress;

    // Guarded by this.
    private final Set<Digest> underWay = new HashSet<>();
    private final Deque<Chunk> again = new ArrayDeque<>();
    private boolean readToEnd;

    ChunkQueue(ChunkList list, ChunkFiles files, Progress progress) {
        this.list = list;
        this.files = files;
        this.progress = progress;
    }

    /**
     * The next chunk that is not here and not among {@code except}; empty if there is none now.
     *
     * @param batch takes over what is here and not safe yet
     */
    synchronized Optional<Chunk> next(Set<Digest> except, Batch batch) throws IOException {
        for (Iterator<Chunk> failed = again.iterator(); failed.hasNext(); ) {
            Chunk chunk = failed.next();
            if (!except.contains(chunk.digest())) {
                failed.remove();
                return Optional.of(chunk);
            }
        }
        for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
            if (!underWay.contains(chunk.get().digest()) && !files.hold(chunk.get(), batch)) {
                underWay.add(chunk.get().digest());
                return chunk;
            }
        }
        readToEnd = true;
        return Optional.empty();
    }

    /** It is stored. */
    synchronized void done(Chunk chunk) {
        underWay.remove(chunk.digest());
        progress.received(chunk.length());
    }

    /** It must come from elsewhere. */
    synchronized void failed(Chunk chunk) {
        again.add(chunk);
    }

    /** Whether nothing is left to fetch. */
    synchronized boolean isDrained() {
        return readToEnd && underWay.isEmpty();
    }

    /** Whether nothing is left to hand out now; what others fetch may yet fail. */
    synchronized boolean isEmpty() {
        return readToEnd && again.isEmpty();
    }

    @Override
    public synchronized void close() throws IOException {
        list.close();
    }
}

package org.bowline.content.sync;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.Cutting;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.Batch;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.wire.Conversation;

/**
 * One worker of a fetch: asks one host after another for chunks, several questions ahead, verifies
 * each chunk before it is written. Holds one chunk in memory. One thread.
 */
final class ChunkPull implements AutoCloseable {
    private static final long AHEAD = 4L << 20; // bytes asked for and not yet here
    private static final int MOST_ASKED = 128; // questions, whatever they ask for
    private static final long UNSAFE = 64L << 20; // bytes

    private final DiskContentStore store;
    private final ChunkQueue queue;
    private final Batch batch;
    private final byte[] buffer = new byte[Cutting.MAX_CHUNK];
    private final Deque<Chunk> asked = new ArrayDeque<>();
    private final Set<Digest> notThere = new HashSet<>();
    private long ahead;
    private long unsafe;
    private int filled;

    /** What stood here does not have the digest that it was asked for. */
    static final class BadChunkException extends IOException {
        private static final long serialVersionUID = 1L;

        BadChunkException(Digest digest) {
            super("wrong bytes instead of " + digest);
        }
    }

    /** This host's own disk failed; the cause tells. */
    static final class DiskException extends IOException {
        private static final long serialVersionUID = 1L;

        DiskException(IOException cause) {
            super(cause);
        }
    }

    ChunkPull(DiskContentStore store, ChunkQueue queue) {
        this.store = store;
        this.queue = queue;
        this.batch = store.batch();
    }

    /**
     * Fetches until there is nothing more that this host has, or {@code stop} says so.
     *
     * @return false if it lacked a chunk that is still wanted
     * @throws DiskException if it is not the other host's fault
     */
    boolean from(Conversation host, BooleanSupplier stop) throws IOException {
        notThere.clear();
        try {
            do {
                ask(host, stop);
            } while (take(host));
            return notThere.isEmpty();
        } finally {
            asked.forEach(queue::failed);
            asked.clear();
            ahead = 0;
        }
    }

    private void ask(Conversation host, BooleanSupplier stop) throws IOException {
        while (ahead < AHEAD && asked.size() < MOST_ASKED && !stop.getAsBoolean()) {
            Optional<Chunk> chunk = queue.next(notThere, batch);
            if (chunk.isEmpty()) {
                return;
            }
            asked.add(chunk.get());
            ahead += chunk.get().length();
            host.askChunk(chunk.get().digest());
        }
    }

    private boolean take(Conversation host) throws IOException {
        Chunk chunk = asked.peek();
        if (chunk == null) {
            return false;
        }
        filled = 0;
        boolean there =
                host.take(
                        (in, length) -> {
                            if (filled + length > chunk.length()) {
                                throw new BadChunkException(chunk.digest());
                            }
                            in.readFully(buffer, filled, length);
                            filled += length;
                        });
        ahead -= chunk.length();
        if (there) {
            store(chunk);
            asked.remove();
            queue.done(chunk);
        } else {
            notThere.add(chunk.digest());
            asked.remove();
            queue.failed(chunk);
        }
        return true;
    }

    private void store(Chunk chunk) throws IOException {
        if (filled != chunk.length() || !Sha256.digest(buffer, 0, filled).equals(chunk.digest())) {
            throw new BadChunkException(chunk.digest());
        }
        try {
            store.chunks().put(chunk, buffer, 0, batch);
            unsafe += chunk.length();
            if (unsafe >= UNSAFE) {
                makeSafe();
            }
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /** Makes what was stored safe; the manifest keeps it from then on. */
    void makeSafe() throws IOException {
        int count = batch.chunks().size();
        batch.force(count);
        batch.forget(count);
        unsafe = 0;
    }

    @Override
    public void close() {
        batch.close();
    }
}

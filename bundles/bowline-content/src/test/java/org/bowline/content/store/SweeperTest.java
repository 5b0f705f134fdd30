package org.bowline.content.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {
    @TempDir Path base;
    private final Gate gate = new Gate();
    private final Set<Digest> unforced = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private Layout layout;
    private Capacity capacity;
    private ChunkFiles files;

    @BeforeEach
    void open() throws IOException {
        layout = new Layout(base);
        layout.prepare();
        capacity = new Capacity(base, 0);
        capacity.counted();
        files = new ChunkFiles(layout, capacity, gate, unforced);
    }

    @AfterEach
    void end() {
        threads.shutdown();
    }

    private Batch batch() {
        return new Batch(layout, unforced, threads, closed -> {});
    }

    private Chunk stored(int seed, Batch batch) throws IOException {
        byte[] bytes = {(byte) seed, 1, 2, 3};
        Chunk chunk = new Chunk(Sha256.digest(bytes, 0, bytes.length), bytes.length);
        files.put(chunk, bytes, 0, batch);
        return chunk;
    }

    /** Nothing must stay; something happens right after that was found out. */
    private record NothingThen(Gate.Work<Boolean> then) implements Sweeper.Roots {
        @Override
        public void chunks(Sweeper.ChunkVisitor visitor) {}

        @Override
        public List<Digest> manifests() {
            try {
                then.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        }
    }

    @Test
    void leavesWhatAFetchFoundAfterTheRootsWereRead() throws IOException {
        Chunk counted = stored(1, batch());
        Chunk other = stored(2, batch());

        new Sweeper(
                        layout,
                        capacity,
                        gate,
                        unforced,
                        new NothingThen(() -> files.hold(counted, batch())))
                .sweep();

        assertThat(files.has(counted)).isTrue();
        assertThat(files.has(other)).isFalse();
        assertThat(files.hold(other, batch())).isFalse();
    }

    @Test
    void theNextSweepAsksTheRootsAgain() throws IOException {
        Chunk chunk = stored(1, batch());
        Sweeper held =
                new Sweeper(
                        layout,
                        capacity,
                        gate,
                        unforced,
                        new NothingThen(() -> files.hold(chunk, batch())));
        held.sweep();

        new Sweeper(layout, capacity, gate, unforced, new NothingThen(() -> true)).sweep();

        assertThat(files.has(chunk)).isFalse();
        assertThat(unforced).isEmpty();
    }

    @Test
    void whoCountsOnAChunkThatAnotherHasNotMadeSafeTakesItOver() throws IOException {
        Batch writer = batch();
        Chunk chunk = stored(1, writer);
        Batch fetch = batch();

        assertThat(files.hold(chunk, fetch)).isTrue();
        assertThat(fetch.chunks()).containsExactly(chunk);

        fetch.force(1);
        Batch later = batch();
        assertThat(files.hold(chunk, later)).isTrue();
        assertThat(later.chunks()).isEmpty();
    }
}

package org.bowline.content.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Kind;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.Cutting;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.chunk.Sha256;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskContentStoreTest {
    private static final int KIB = 1 << 10;

    @TempDir Path base;
    private DiskContentStore store;

    @BeforeEach
    void open() throws IOException {
        store = new DiskContentStore(base, 0);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private void reopen(long quota) throws Exception {
        store.close();
        store = new DiskContentStore(base, quota);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Chunk chunk(byte[] bytes) {
        return new Chunk(Sha256.digest(bytes, 0, bytes.length), bytes.length);
    }

    /** Stores content of which each part is a chunk. */
    private CatalogItem put(byte[]... parts) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        int size = 0;
        var whole = Sha256.start();
        try (Batch batch = store.batch();
                Manifests.Draft draft = store.manifests().draft()) {
            for (byte[] part : parts) {
                chunks.add(chunk(part));
                store.chunks().put(chunk(part), part, 0, batch);
                whole.update(part);
                size += part.length;
            }
            Digest content = Sha256.named(whole.digest());
            draft.head(new Manifest(content, size, Cutting.PLAIN, chunks.size()));
            for (Chunk chunk : chunks) {
                draft.chunk(chunk);
            }
            batch.force(chunks.size());
            Digest manifest = draft.end();
            CatalogItem item =
                    new CatalogItem(
                            content,
                            "a name",
                            1,
                            size,
                            Kind.FILE,
                            manifest,
                            new Actor("admin", "rest"),
                            new TestIdentity().id(),
                            Instant.EPOCH);
            draft.keep(manifest, () -> store.refs().put(content, Ref.unlisted(item)));
            return item;
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void readsFromAnyOffset() throws IOException {
        byte[] one = random(70 * KIB, 1);
        byte[] two = random(90 * KIB, 2);
        byte[] all = Arrays.copyOf(one, 160 * KIB);
        System.arraycopy(two, 0, all, 70 * KIB, two.length);
        CatalogItem item = put(one, two);

        for (int offset : new int[] {0, 1, 70 * KIB - 1, 70 * KIB, 100 * KIB, 160 * KIB}) {
            try (InputStream in = store.open(item.digest(), offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, offset, 160 * KIB));
            }
        }
        assertThatThrownBy(() -> store.open(item.digest(), 160 * KIB + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalChunksTakeTheirRoomOnce() throws IOException {
        byte[] same = random(100 * KIB, 3);

        put(same, same, same);

        assertThat(store.space().used()).isBetween(100L * KIB, 101L * KIB);
        assertThat(files(base.resolve("chunks"))).hasSize(1);
    }

    @Test
    void aKillLeavesOnlyWhatTheNextStartCleans() throws Exception {
        CatalogItem item = put(random(80 * KIB, 4));
        Files.write(base.resolve("tmp").resolve("half"), random(999, 5));
        Manifests.Draft draft = store.manifests().draft();
        draft.raw(new byte[10], 0, 10);

        reopen(0);

        assertThat(files(base.resolve("tmp"))).isEmpty();
        assertThat(store.held()).containsExactly(item.digest());
    }

    @Test
    void sweepsWhatNothingNeeds() throws Exception {
        byte[] shared = random(80 * KIB, 6);
        CatalogItem gone = put(shared, random(90 * KIB, 7));
        CatalogItem kept = put(shared, random(95 * KIB, 8));
        byte[] written = random(70 * KIB, 9);
        try (Batch batch = store.batch()) {
            store.chunks().put(chunk(written), written, 0, batch);
            store.refs().remove(gone.digest());
            store.sweepSoon();

            await().until(() -> store.space().used() < 250 * KIB);
            assertThat(store.chunks().has(chunk(written))).isTrue();
            try (InputStream in = store.open(kept.digest(), 0)) {
                assertThat(in.readAllBytes()).hasSize(175 * KIB);
            }
            assertThat(files(base.resolve("objects"))).hasSize(1);
        }
        store.sweepSoon();
        await().until(() -> !store.chunks().has(chunk(written)));
    }

    @Test
    void refusesWhatIsBeyondTheQuota() throws Exception {
        reopen(100 * KIB);
        byte[] first = random(80 * KIB, 10);
        byte[] second = random(80 * KIB, 11);

        try (Batch batch = store.batch()) {
            store.chunks().put(chunk(first), first, 0, batch);
            assertThatThrownBy(() -> store.chunks().put(chunk(second), second, 0, batch))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_FULL))
                    .hasMessage("Needs 80.0 KiB, has 20.0 KiB");
        }
        assertThat(store.space().free()).isEqualTo(20 * KIB);
        assertThat(store.space().quota()).isEqualTo(100 * KIB);
    }

    @Test
    void aChunkThatAPowerCutLeftShortIsWrittenAgain() throws IOException {
        byte[] bytes = random(80 * KIB, 12);
        CatalogItem item = put(bytes);
        Path file = files(base.resolve("chunks")).get(0);
        Files.write(file, Arrays.copyOf(bytes, 10));

        put(bytes);

        try (InputStream in = store.open(item.digest(), 0)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void countsAfterACrashWhatACleanStopNotes() throws Exception {
        put(random(80 * KIB, 13));
        long used = store.space().used();

        reopen(0);
        assertThat(base.resolve("usage")).doesNotExist();
        assertThat(store.space().used()).isEqualTo(used);

        DiskContentStore afterCrash = new DiskContentStore(base, 0);
        await().until(() -> afterCrash.space().used() == used);
        afterCrash.close();
    }

    @Test
    void whoWritesWaitsForTheCountWhoReadsDoesNot() throws Exception {
        Capacity capacity = new Capacity(base, 100);
        CompletableFuture<Long> taken =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                capacity.take(60);
                                return capacity.space().used();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        capacity.found(30);
        assertThat(capacity.space().used()).isEqualTo(30);
        assertThat(taken).isNotDone();
        capacity.found(10);

        capacity.counted();

        assertThat(taken.get()).isEqualTo(100);
        assertThatThrownBy(() -> capacity.take(1)).isInstanceOf(RefusedException.class);
    }

    @Test
    void takesNothingIfItCannotCount() throws Exception {
        Capacity capacity = new Capacity(base, 0);

        capacity.uncountable(new IOException("a broken disk"));

        assertThatThrownBy(() -> capacity.take(1)).hasRootCauseMessage("a broken disk");
    }

    @Test
    void theReserveOfASmallDiskIsAQuarterOfIt() {
        assertThat(Capacity.reserve(1L << 30)).isEqualTo(256L << 20);
        assertThat(Capacity.reserve(20L << 30)).isEqualTo(2L << 30);
        assertThat(Capacity.reserve(1L << 40)).isEqualTo((1L << 40) / 20);
    }
}

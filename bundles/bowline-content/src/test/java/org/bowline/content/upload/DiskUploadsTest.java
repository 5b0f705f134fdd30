package org.bowline.content.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Uploads.Upload;
import org.bowline.api.group.Member;
import org.bowline.content.Listing;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.DiskContentStore;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUploadsTest {
    private static final Actor ADMIN = new Actor("admin", "rest");
    private static final int MIB = 1 << 20;

    @TempDir Path base;
    private final TestIdentity identity = new TestIdentity();
    private final Listing listing =
            new Listing(
                    new MemoryGroup(
                            new MemoryGroup.World(),
                            new Member(
                                    identity.id(),
                                    identity.key(),
                                    TestHost.linkableFacts("a"),
                                    0)));
    private DiskContentStore store;
    private DiskUploads uploads;

    @BeforeEach
    void open() throws IOException {
        open(0);
    }

    private void open(long quota) throws IOException {
        store = new DiskContentStore(base, quota);
        uploads = new DiskUploads(store, listing, identity, new MemoryAudit(identity.id()));
    }

    private void reopen(long quota) throws Exception {
        store.close();
        open(quota);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Digest digest(byte[] bytes) {
        return Sha256.digest(bytes, 0, bytes.length);
    }

    private static InputStream part(byte[] bytes, int from, int to) {
        return new ByteArrayInputStream(bytes, from, to - from);
    }

    private static InputStream breakingOff() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("connection reset");
            }
        };
    }

    private static void refused(Refusal refusal, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private byte[] bytes(Digest digest) throws IOException {
        try (InputStream in = store.open(digest, 0)) {
            return in.readAllBytes();
        }
    }

    @Test
    void goesOnAfterARestartWithTheBytesItHad() throws Exception {
        byte[] bytes = random(7 * MIB, 1);
        String id = uploads.create("bundle", OptionalLong.of(bytes.length), ADMIN).id();
        uploads.append(id, 0, part(bytes, 0, 3_333_333));

        reopen(0);

        assertThat(uploads.find(id))
                .contains(new Upload(id, "bundle", 3_333_333, OptionalLong.of(bytes.length)));
        uploads.append(id, 3_333_333, part(bytes, 3_333_333, bytes.length));
        CatalogItem item = uploads.finish(id, Optional.of(digest(bytes)));
        assertThat(bytes(item.digest())).isEqualTo(bytes);
        assertThat(uploads.all()).isEmpty();
    }

    @Test
    void partsMakeTheSameContentAsTheWhole() throws Exception {
        byte[] bytes = random(3 * MIB, 2);
        String whole = uploads.create("whole", OptionalLong.empty(), ADMIN).id();
        uploads.append(whole, 0, part(bytes, 0, bytes.length));
        CatalogItem first = uploads.finish(whole, Optional.empty());
        long used = store.space().used();

        String parts = uploads.create("parts", OptionalLong.empty(), ADMIN).id();
        for (int at = 0; at < bytes.length; at += MIB) {
            uploads.append(parts, at, part(bytes, at, at + MIB));
        }

        assertThat(uploads.finish(parts, Optional.empty())).isEqualTo(first);
        assertThat(store.space().used()).isEqualTo(used);
    }

    @Test
    void aConnectionThatBreaksLosesNothingThatCame() throws Exception {
        byte[] bytes = random(2 * MIB, 3);
        String id = uploads.create("bundle", OptionalLong.of(bytes.length), ADMIN).id();
        InputStream cut = new SequenceInputStream(part(bytes, 0, 1_500_000), breakingOff());

        assertThatThrownBy(() -> uploads.append(id, 0, cut)).isInstanceOf(SocketException.class);

        assertThat(uploads.find(id).orElseThrow().offset()).isEqualTo(1_500_000);
        uploads.append(id, 1_500_000, part(bytes, 1_500_000, bytes.length));
        assertThat(bytes(uploads.finish(id, Optional.of(digest(bytes))).digest())).isEqualTo(bytes);
    }

    @Test
    void refusesToFinishBeforeTheAnnouncedLength() throws Exception {
        byte[] bytes = random(1000, 4);
        String id = uploads.create("bundle", OptionalLong.of(1000), ADMIN).id();
        uploads.append(id, 0, part(bytes, 0, 999));

        refused(Refusal.UPLOAD_TRUNCATED, () -> uploads.finish(id, Optional.empty()));

        assertThat(listing.all()).isEmpty();
        uploads.append(id, 999, part(bytes, 999, 1000));
        assertThat(uploads.finish(id, Optional.empty()).digest()).isEqualTo(digest(bytes));
    }

    @Test
    void refusesMoreThanWasAnnounced() throws Exception {
        byte[] bytes = random(1001, 5);
        String id = uploads.create("bundle", OptionalLong.of(1000), ADMIN).id();

        refused(Refusal.UPLOAD_TOO_LONG, () -> uploads.append(id, 0, part(bytes, 0, 1001)));

        assertThat(listing.all()).isEmpty();
    }

    @Test
    void refusesAnotherOffset() throws Exception {
        String id = uploads.create("bundle", OptionalLong.empty(), ADMIN).id();

        refused(Refusal.UPLOAD_OFFSET, () -> uploads.append(id, 1, part(new byte[9], 0, 9)));
        refused(Refusal.UPLOAD_UNKNOWN, () -> uploads.append("no", 0, part(new byte[9], 0, 9)));
        refused(Refusal.UPLOAD_UNKNOWN, () -> uploads.finish("no", Optional.empty()));
        refused(Refusal.UPLOAD_UNKNOWN, () -> uploads.cancel("no"));
    }

    @Test
    void dropsWhatDoesNotHaveItsDigest() throws Exception {
        byte[] bytes = random(2 * MIB, 6);
        String id = uploads.create("bundle", OptionalLong.of(bytes.length), ADMIN).id();
        uploads.append(id, 0, part(bytes, 0, bytes.length));

        refused(
                Refusal.CHECKSUM_MISMATCH,
                () -> uploads.finish(id, Optional.of(digest(new byte[1]))));

        assertThat(listing.all()).isEmpty();
        assertThat(uploads.all()).isEmpty();
        await().until(() -> store.space().used() == 0);
    }

    @Test
    void aFullStoreStopsAnUploadAndACancelFreesIt() throws Exception {
        reopen(3 * MIB);
        refused(
                Refusal.STORE_FULL,
                () -> uploads.create("bundle", OptionalLong.of(4 * MIB), ADMIN));
        byte[] bytes = random(6 * MIB, 7);
        String id = uploads.create("bundle", OptionalLong.empty(), ADMIN).id();

        refused(Refusal.STORE_FULL, () -> uploads.append(id, 0, part(bytes, 0, bytes.length)));

        long kept = uploads.find(id).orElseThrow().offset();
        assertThat(kept).isBetween(MIB * 1L, 3L * MIB);
        assertThat(store.held()).isEmpty();
        assertThat(listing.all()).isEmpty();
        uploads.cancel(id);
        await().until(() -> store.space().free() == 3 * MIB);
        assertThat(base.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void goesOnWhenAFullStoreHasRoomAgain() throws Exception {
        reopen(3 * MIB);
        byte[] bytes = random(6 * MIB, 8);
        String id = uploads.create("bundle", OptionalLong.empty(), ADMIN).id();
        refused(Refusal.STORE_FULL, () -> uploads.append(id, 0, part(bytes, 0, bytes.length)));

        reopen(0);

        int kept = (int) uploads.find(id).orElseThrow().offset();
        uploads.append(id, kept, part(bytes, kept, bytes.length));
        assertThat(bytes(uploads.finish(id, Optional.of(digest(bytes))).digest())).isEqualTo(bytes);
    }

    @Test
    void openUploadsAreNotSwept() throws Exception {
        byte[] bytes = random(4 * MIB, 9);
        String id = uploads.create("bundle", OptionalLong.empty(), ADMIN).id();
        uploads.append(id, 0, part(bytes, 0, bytes.length));
        long used = store.space().used();
        String other = uploads.create("other", OptionalLong.empty(), ADMIN).id();
        byte[] more = random(2 * MIB, 10);
        uploads.append(other, 0, part(more, 0, more.length));

        uploads.cancel(other);

        await().until(() -> store.space().used() == used);
        assertThat(bytes(uploads.finish(id, Optional.empty()).digest())).isEqualTo(bytes);
    }

    @Test
    void aHalfWrittenEntryOfTheListIsLeftOut() throws Exception {
        byte[] bytes = random(3 * MIB, 11);
        String id = uploads.create("bundle", OptionalLong.empty(), ADMIN).id();
        uploads.append(id, 0, part(bytes, 0, bytes.length));
        Path list = base.resolve("uploads").resolve(id).resolve("chunks");
        byte[] whole = Files.readAllBytes(list);
        Files.write(list, Arrays.copyOf(whole, whole.length - 5));

        reopen(0);

        int kept = (int) uploads.find(id).orElseThrow().offset();
        assertThat(kept).isBetween(MIB, 3 * MIB - 1);
        uploads.append(id, kept, part(bytes, kept, bytes.length));
        assertThat(bytes(uploads.finish(id, Optional.of(digest(bytes))).digest())).isEqualTo(bytes);
    }

    @Test
    void namesAreWhatPeopleCanRead() throws IOException {
        for (String name :
                new String[] {"", "  ", "a/b", "a\nb", "a\u0000", "\u202eb", "x".repeat(201)}) {
            refused(
                    Refusal.CONTENT_NAME_INVALID,
                    () -> uploads.create(name, OptionalLong.empty(), ADMIN));
        }
        assertThat(
                        uploads.create("Grüße v1.2 (final).tar.zst", OptionalLong.empty(), ADMIN)
                                .offset())
                .isZero();
        assertThat(uploads.create("x".repeat(200), OptionalLong.empty(), ADMIN).offset()).isZero();
    }
}

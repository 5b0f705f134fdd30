package org.bowline.content.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Uploads.Upload;
import org.bowline.api.group.Member;
import org.bowline.content.Listing;
import org.bowline.content.store.DiskContentStore;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadLimitsTest {
    private static final Actor ADMIN = new Actor("admin", "rest");
    private static final int MIB = 1 << 20;

    @TempDir Path base;
    private final TestIdentity identity = new TestIdentity();
    private final AtomicLong now = new AtomicLong(-5); // nano time begins anywhere
    private DiskContentStore store;
    private DiskUploads uploads;

    @BeforeEach
    void open() throws IOException {
        Member member = new Member(identity.id(), identity.key(), TestHost.linkableFacts("a"), 0);
        Listing listing = new Listing(new MemoryGroup(new MemoryGroup.World(), member));
        store = new DiskContentStore(base, 0);
        uploads =
                new DiskUploads(store, listing, identity, new MemoryAudit(identity.id()), now::get);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private String begin(String name) throws IOException {
        return uploads.create(name, OptionalLong.empty(), ADMIN).id();
    }

    private static ByteArrayInputStream bytes(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private static void refused(Refusal refusal, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    @Test
    void beyondSixtyFourOpenUploadsOneMustEndFirst() throws IOException {
        String first = begin("0");
        for (int i = 1; i < 64; i++) {
            begin(String.valueOf(i));
        }

        refused(Refusal.UPLOADS_TOO_MANY, () -> begin("too many"));

        assertThat(uploads.all()).hasSize(64);
        uploads.cancel(first);
        begin("64");
        assertThat(uploads.all()).hasSize(64);
    }

    @Test
    void dropsWhatNobodyTouchedForSevenDays() throws IOException {
        begin("forgotten");
        String used = begin("used");
        now.addAndGet(Duration.ofDays(4).toNanos());
        uploads.append(used, 0, bytes(10));
        now.addAndGet(Duration.ofDays(3).toNanos() - 1);
        uploads.dropStale();
        assertThat(uploads.all()).hasSize(2);

        now.addAndGet(1);
        uploads.dropStale();

        assertThat(uploads.all()).extracting(Upload::name).containsExactly("used");
        assertThat(store.layout().uploads().toFile().list()).containsExactly(used);
    }

    @Test
    void whoFindsNoTurnIsRefusedAndTheNextGetsOneThatIsGivenBack() throws IOException {
        Turns turns = new Turns(1, Duration.ofMillis(1));
        try (OpenUpload.Claim held = turns.next()) {
            refused(Refusal.UPLOADS_TOO_MANY, turns::next);
        }

        turns.next().close();
    }

    @Test
    void nothingFollowsTheLastChunk() throws IOException {
        UploadFiles files = new UploadFiles(store, store.layout().uploads().resolve("one"));
        Description description = new Description("one", Description.UNKNOWN, ADMIN, Instant.EPOCH);
        files.create(description);
        OpenUpload upload = new OpenUpload("one", description, files, store);
        upload.append(0, bytes(100));
        OpenUpload.Whole whole = upload.end();

        refused(Refusal.UPLOAD_TOO_LONG, () -> upload.append(100, bytes(1)));

        OpenUpload reopened = new OpenUpload("one", description, files, store);
        reopened.reopen();
        refused(Refusal.UPLOAD_TOO_LONG, () -> reopened.append(100, bytes(1)));
        reopened.append(100, bytes(0));
        assertThat(reopened.end()).isEqualTo(whole);
        assertThat(upload.end()).isEqualTo(whole);
    }

    @Test
    void tinyFirstPartsAreCutLikeTheWhole() throws IOException {
        byte[] gzip = new byte[2 * MIB + 5];
        new Random(1).nextBytes(gzip);
        gzip[0] = 0x1f;
        gzip[1] = (byte) 0x8b;
        String whole = begin("whole");
        uploads.append(whole, 0, new ByteArrayInputStream(gzip));
        CatalogItem first = uploads.finish(whole, Optional.empty());

        String parts = begin("parts");
        uploads.append(parts, 0, new ByteArrayInputStream(gzip, 0, 1));
        uploads.append(parts, 1, new ByteArrayInputStream(gzip, 1, 2));
        uploads.append(parts, 3, new ByteArrayInputStream(gzip, 3, gzip.length - 3));
        long used = store.space().used();

        assertThat(uploads.finish(parts, Optional.empty())).isEqualTo(first);
        assertThat(store.space().used()).isEqualTo(used);
    }
}

package org.bowline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Uploads.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and other hosts do to content stands in the audit log, each act once. */
class ContentAuditTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Digest OTHER = Site.digest(new byte[] {9});

    @TempDir Path base;
    private Site site;
    private Site.Node a;
    private Site.Node b;

    @BeforeEach
    void build() throws IOException {
        site = new Site(base);
        a = site.host("a");
        b = site.host("b");
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    private static void refused(ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOf(RefusedException.class);
    }

    @Test
    void whoUploadedAndWhoRetiredIsWrittenDown() throws Exception {
        CatalogItem item = a.upload("os.tar", Site.random(2000, 1));
        a.catalog.retire(item.digest(), new Actor("ben", "shell"));

        assertThat(a.audit.acts())
                .containsExactly(
                        Act.done(
                                Site.ADMIN,
                                "content.add",
                                item.digest().value(),
                                "os.tar, revision 1, 2.0 KiB"),
                        Act.done(
                                new Actor("ben", "shell"),
                                "content.retire",
                                item.digest().value(),
                                "os.tar, revision 1, 2.0 KiB"));
    }

    @Test
    void aRefusalIsWrittenDownWithItsCause() throws Exception {
        CatalogItem item = a.upload("os.tar", Site.random(20, 2));
        b.follow(a);
        refused(() -> b.uploads.create("x", OptionalLong.empty(), Site.ADMIN));
        refused(() -> b.catalog.retire(item.digest(), Site.ADMIN));
        refused(() -> a.catalog.retire(OTHER, Site.ADMIN));

        assertThat(b.audit.acts())
                .extracting(Act::outcome, Act::act, Act::subject, Act::cause)
                .containsExactly(
                        line("content.add", "", "use-the-leader"),
                        line("content.retire", item.digest().value(), "use-the-leader"));
        assertThat(b.audit.acts().get(0).detail()).startsWith("x: Use the leader https://");
        assertThat(a.audit.acts())
                .extracting(Act::outcome, Act::act, Act::subject, Act::cause)
                .last()
                .isEqualTo(line("content.retire", OTHER.value(), "content-unknown"));
    }

    private static Tuple line(String act, String subject, String cause) {
        return tuple(Act.Outcome.REFUSED, act, subject, cause);
    }

    @Test
    void anUploadThatIsRefusedOnTheWayHasItsActor() throws Exception {
        Upload upload = a.uploads.create("os.tar", OptionalLong.of(3), Site.ADMIN);
        refused(() -> append(upload.id(), 1, 2));
        refused(() -> append(upload.id(), 0, 4));
        refused(() -> a.uploads.finish(upload.id(), Optional.of(OTHER)));

        assertThat(a.audit.acts())
                .extracting(Act::actor, Act::act, Act::cause)
                .containsExactly(
                        tuple(Site.ADMIN, "content.add", "upload-offset"),
                        tuple(Site.ADMIN, "content.add", "upload-too-long"),
                        tuple(Site.ADMIN, "content.add", "checksum-mismatch"));
    }

    private void append(String id, long offset, int length) throws IOException {
        a.uploads.append(id, offset, new ByteArrayInputStream(new byte[length]));
    }

    @Test
    void aNameThatIsRefusedIsNotShown() {
        refused(() -> a.uploads.create("evil\u001b[2J", OptionalLong.empty(), Site.ADMIN));

        assertThat(a.audit.acts()).hasSize(1);
        assertThat(a.audit.acts().get(0).cause()).isEqualTo("content-name-invalid");
        assertThat(a.audit.acts().get(0).toString()).doesNotContain("\u001b");
    }

    @Test
    void whoGivesTamperedChunksIsNamedOnce() throws Exception {
        CatalogItem item = a.upload("bundle", Site.random(40 << 20, 3)); // worth several channels
        a.serve(new Liar(a.store));

        b.follow(a);

        await().atMost(SOON).until(() -> !b.audit.acts().isEmpty());
        await().atMost(SOON).until(() -> !b.sync.own(item).reason().isEmpty());
        List<Act> acts = b.audit.acts();
        assertThat(acts).hasSize(1);
        assertThat(acts.get(0).act()).isEqualTo("content.chunk-refused");
        assertThat(acts.get(0).actor()).isEqualTo(Actor.SYSTEM);
        assertThat(acts.get(0).subject()).isEqualTo(a.identity.id().value());
        assertThat(acts.get(0).cause()).isEqualTo("checksum-mismatch");
    }
}

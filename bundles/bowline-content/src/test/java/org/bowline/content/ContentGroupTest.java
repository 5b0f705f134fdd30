package org.bowline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Commit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole content rooms of several hosts over a network in memory. */
class ContentGroupTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

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

    private static void refused(Refusal refusal, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    @Test
    void whatIsUploadedOnTheLeaderReachesEveryFollower() throws Exception {
        Site.Node c = site.host("c");
        b.follow(a);
        c.follow(a);
        byte[] bytes = Site.random(12 * MIB, 1);

        CatalogItem item = a.upload("a bundle.tar", bytes);

        await().atMost(SOON).until(() -> b.holds(item) && c.holds(item));
        assertThat(b.bytes(item.digest())).isEqualTo(bytes);
        assertThat(c.bytes(item.digest())).isEqualTo(bytes);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(a.sees(b, item)).contains(Holding.SYNCED);
                            assertThat(b.sees(c, item)).contains(Holding.SYNCED);
                        });
    }

    @Test
    void anEmptyFileIsContentToo() throws Exception {
        b.follow(a);

        CatalogItem item = a.upload("empty", new byte[0]);

        await().atMost(SOON).until(() -> b.holds(item));
        assertThat(b.bytes(item.digest())).isEmpty();
    }

    @Test
    void aFollowerThatWasCutOffCatchesUp() throws Exception {
        b.follow(a);
        site.network.cut(a.identity.id(), b.identity.id());
        CatalogItem item = a.upload("bundle", Site.random(3 * MIB, 2));
        await().atMost(SOON).until(() -> b.sync.own(item).state() == Holding.State.NOT_SYNCED);
        assertThat(b.sync.own(item).reason()).isNotEmpty();
        assertThat(b.sync.own(item).fix()).isNotEmpty();

        site.network.heal();

        await().atMost(SOON).until(() -> b.holds(item));
    }

    @Test
    void aLatecomerGetsEverything() throws Exception {
        CatalogItem one = a.upload("one", Site.random(2 * MIB, 3));
        CatalogItem two = a.upload("two", Site.random(300, 4));

        b.follow(a);

        await().atMost(SOON).until(() -> b.holds(one) && b.holds(two));
    }

    @Test
    void aFollowerRefusesUploadsAndNamesTheLeader() throws Exception {
        b.follow(a);

        assertThatThrownBy(() -> b.uploads.create("x", OptionalLong.empty(), Site.ADMIN))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.USE_THE_LEADER))
                .hasMessageContaining("https://127.0.0.1:5080");
        CatalogItem item = a.upload("bundle", Site.random(10, 5));
        refused(Refusal.USE_THE_LEADER, () -> b.catalog.retire(item.digest(), Site.ADMIN));
    }

    @Test
    void aFollowerKilledOnTheWayGoesOnWithWhatItHas() throws Exception {
        CatalogItem item = a.upload("bundle", Site.random(24 * MIB, 6));
        Tap tap = new Tap(a.store, 6 * MIB);
        a.serve(tap);
        b.follow(a);
        await().atMost(SOON).until(tap::isDry);
        assertThat(b.store.held()).isEmpty();

        b.restart();
        Tap second = new Tap(a.store, Long.MAX_VALUE);
        a.serve(second);

        await().atMost(SOON).until(() -> b.holds(item));
        assertThat(second.served()).isLessThan(22L * MIB);
        assertThat(tap.served() + second.served()).isLessThan(32L * MIB);
    }

    @Test
    void aTamperedChunkIsRefusedAndFetchedElsewhere() throws Exception {
        Site.Node c = site.host("c");
        b.follow(a);
        byte[] bytes = Site.random(4 * MIB, 7);
        CatalogItem item = a.upload("bundle", bytes);
        await().atMost(SOON).until(() -> b.holds(item));
        a.serve(new Liar(a.store));
        site.network.cut(b.identity.id(), c.identity.id());
        c.follow(a);
        await().atMost(SOON).until(() -> c.sync.own(item).state() == Holding.State.NOT_SYNCED);
        assertThat(c.store.held()).isEmpty();

        site.network.heal();

        await().atMost(SOON).until(() -> c.holds(item));
        assertThat(c.bytes(item.digest())).isEqualTo(bytes);
    }

    @Test
    void theSameNameWithOtherBytesIsAnotherRevision() throws Exception {
        byte[] bytes = Site.random(1000, 8);
        CatalogItem first = a.upload("bundle", bytes);
        CatalogItem second = a.upload("bundle", Site.random(1000, 9));
        CatalogItem again = a.upload("bundle", bytes);

        assertThat(first.revision()).isEqualTo(1);
        assertThat(second.revision()).isEqualTo(2);
        assertThat(again).isEqualTo(first);
        assertThat(a.catalog.items()).containsExactly(first, second);
        assertThat(a.uploads.all()).isEmpty();
    }

    @Test
    void whoLeavesKeepsTheContentUnderItsNamesAndRevisions() throws Exception {
        b.follow(a);
        CatalogItem first = a.upload("bundle", Site.random(1000, 10));
        CatalogItem second = a.upload("bundle", Site.random(2 * MIB, 11));
        await().atMost(SOON).until(() -> b.holds(first) && b.holds(second));

        b.group.leave();

        await().atMost(SOON).until(() -> b.catalog.items().size() == 2);
        assertThat(b.catalog.items()).containsExactly(first, second);
        assertThat(b.store.held()).containsOnly(first.digest(), second.digest());
        await().atMost(SOON)
                .until(() -> b.sees(b, second).filter(Holding.SYNCED::equals).isPresent());
        assertThat(b.bytes(second.digest())).hasSize(2 * MIB);
    }

    @Test
    void whatAJoiningHostBringsBecomesTheGroups() throws Exception {
        CatalogItem own = a.upload("bundle", Site.random(1000, 12));
        CatalogItem brought = b.upload("bundle", Site.random(2 * MIB, 13));
        CatalogItem other = b.upload("other", Site.random(100, 14));
        assertThat(new ContentLink(b.store, b.listing).brings())
                .containsExactly("bundle, revision 1, 2.0 MiB", "other, revision 1, 100 bytes");

        b.follow(a);

        await().atMost(SOON).until(() -> a.holds(brought) && a.holds(other) && b.holds(own));
        assertThat(a.catalog.items())
                .extracting(CatalogItem::name, CatalogItem::revision, CatalogItem::digest)
                .containsExactly(
                        tuple("bundle", 1, own.digest()),
                        tuple("bundle", 2, brought.digest()),
                        tuple("other", 1, other.digest()));
        assertThat(b.catalog.items()).isEqualTo(a.catalog.items());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void anOfferThatCannotBeReadChangesNothing() {
        ContentLink link = new ContentLink(a.store, a.listing);

        assertThatThrownBy(() -> link.accept(b.identity.id(), new byte[] {1, 2, 3}, Site.ADMIN))
                .isInstanceOf(IOException.class);
        for (String json : List.of("null", "[null]", "[{}]", "{}", "[{\"name\":\"x\"}]", "7")) {
            assertThatThrownBy(() -> link.accept(b.identity.id(), gzip(json), Site.ADMIN))
                    .isInstanceOf(IOException.class);
        }
        assertThat(a.catalog.items()).isEmpty();
    }

    @Test
    void retiredContentComesFreeOnEveryHost() throws Exception {
        b.follow(a);
        CatalogItem kept = a.upload("kept", Site.random(MIB, 15));
        CatalogItem gone = a.upload("gone", Site.random(3 * MIB, 16));
        await().atMost(SOON).until(() -> b.holds(kept) && b.holds(gone));

        a.catalog.retire(gone.digest(), Site.ADMIN);

        for (Site.Node node : List.of(a, b)) {
            await().atMost(SOON).until(() -> node.store.space().used() < 2 * MIB);
            assertThat(node.store.held()).containsExactly(kept.digest());
            assertThat(node.bytes(kept.digest())).hasSize(MIB);
        }
        refused(Refusal.CONTENT_UNKNOWN, () -> a.catalog.retire(gone.digest(), Site.ADMIN));
        refused(Refusal.CONTENT_NOT_HERE, () -> b.store.open(gone.digest(), 0));
    }

    @Test
    void aFullFollowerSaysWhatItNeedsAndGoesOnWhenThereIsRoom() throws Exception {
        Site.Node small = site.host("small", 5 * MIB);
        CatalogItem first = a.upload("first", Site.random(3 * MIB, 17));
        small.follow(a);
        await().atMost(SOON).until(() -> small.holds(first));

        CatalogItem second = a.upload("second", Site.random(4 * MIB, 18));

        await().atMost(SOON)
                .until(() -> small.sync.own(second).state() == Holding.State.NOT_SYNCED);
        assertThat(small.sync.own(second).reason())
                .isEqualTo("The store is full: needs 4.0 MiB, has 2.0 MiB");
        assertThat(small.sync.own(second).fix()).contains("Retire content");
        await().atMost(SOON)
                .until(
                        () ->
                                a.sees(small, second)
                                        .filter(h -> h.reason().contains("needs 4.0 MiB"))
                                        .isPresent());
        assertThat(small.bytes(first.digest())).hasSize(3 * MIB);

        a.catalog.retire(first.digest(), Site.ADMIN);

        await().atMost(SOON).until(() -> small.holds(second));
        assertThat(small.store.space().used()).isLessThan(5 * MIB);
    }

    @Test
    void heldContentSurvivesARestart() throws Exception {
        CatalogItem item = a.upload("bundle", Site.random(2 * MIB, 19));

        a.restart();

        assertThat(a.store.held()).containsExactly(item.digest());
        assertThat(a.bytes(item.digest())).hasSize(2 * MIB);
        assertThat(a.store.size(item.digest())).isEqualTo(Optional.of(2L * MIB));
        assertThat(a.store.space().used()).isBetween(2L * MIB, 2L * MIB + 4096);
    }

    @Test
    void whatAJoiningHostBringsUnderAWrongDigestIsNotTaken() throws Exception {
        CatalogItem right = b.upload("bundle", Site.random(1000, 20));
        CatalogItem offered = b.forge(right, Site.digest(new byte[] {1}));

        b.follow(a);

        await().atMost(SOON).until(() -> a.holds(right));
        await().atMost(SOON)
                .until(
                        () ->
                                a.sync.own(offered)
                                        .reason()
                                        .equals("The bytes do not have its digest"));
        assertThat(a.store.held()).containsExactly(right.digest());
    }

    @Test
    void manySmallBundlesArriveInNoTime() throws Exception {
        b.follow(a);
        for (int i = 0; i < 30; i++) {
            a.upload("bundle " + i, Site.random(1000 + i, 100 + i));
        }

        await().atMost(SOON).until(() -> b.store.held().size() == 30);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(a.catalog.holdings().get(b.identity.id()).values())
                                        .hasSize(30)
                                        .containsOnly(Holding.SYNCED));
    }

    @Test
    void twoContentsOfOneNameAndRevisionAreToldApart() throws Exception {
        CatalogItem first = a.upload("bundle", Site.random(10, 21));
        CatalogItem second = Site.renamed(first, Site.digest(new byte[] {2}));
        var slice = a.group.slice(Listing.SLICE, CatalogItem.class);

        a.group.commit(Commit.of(Site.ADMIN, slice.put(second.digest().value(), second)));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(a.catalog.items())
                                        .extracting(CatalogItem::digest, CatalogItem::revision)
                                        .containsExactly(
                                                tuple(first.digest(), 1),
                                                tuple(second.digest(), 2)));
    }

    @Test
    void aManifestThatIsNotTheItemsIsNamedAndHarmsNothing() throws Exception {
        CatalogItem first = a.upload("bundle", Site.random(MIB, 23));
        CatalogItem second = Site.renamed(first, Site.digest(new byte[] {3}));
        var slice = a.group.slice(Listing.SLICE, CatalogItem.class);

        a.group.commit(Commit.of(Site.ADMIN, slice.put(second.digest().value(), second)));

        await().atMost(SOON)
                .until(() -> a.sync.own(second).reason().equals("Its list of chunks is not valid"));
        assertThat(a.store.fetches().all()).isEmpty();
        CatalogItem gone = a.upload("gone", Site.random(MIB, 24));
        a.catalog.retire(gone.digest(), Site.ADMIN);
        await().atMost(SOON).until(() -> a.store.space().used() < 2 * MIB);
        assertThat(a.bytes(first.digest())).hasSize(MIB);
    }

    @Test
    void watchersHearOfChanges() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Subscription watch = a.catalog.watch(calls::incrementAndGet);

        a.upload("bundle", Site.random(10, 22));

        await().atMost(SOON).until(() -> calls.get() > 0);
        watch.close();
    }
}

package org.bowline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.api.group.Takeover;
import org.bowline.content.store.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A takeover makes a new group of the same content: nothing is lost, listed anew or revived. */
class SuccessionTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MIB = 1 << 20;

    @TempDir Path base;
    private Site site;
    private Site.Node a; // led
    private Site.Node b; // takes over
    private Site.Node c;
    private CatalogItem kept;

    @BeforeEach
    void threeHostsWithContent() throws IOException {
        site = new Site(base);
        a = site.host("a");
        b = site.host("b");
        c = site.host("c");
        b.follow(a);
        c.follow(a);
        kept = a.upload("kept", Site.random(2 * MIB, 1));
        await().atMost(SOON).until(() -> b.holds(kept) && c.holds(kept));
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    private Takeover takeOver(Site.Node host) throws IOException {
        host.group.loseLeader(Optional.of(Group.LOST));
        return host.group.takeOver(Site.ADMIN);
    }

    private static void follow(Site.Node host, Takeover takeover) throws IOException {
        host.group.loseLeader(Optional.of(Group.LOST));
        host.group.consider(takeover, takeover.by());
    }

    /** Waits until the host's content room has looked at the group's newest state. */
    private static void looks(Site.Node host) {
        AtomicInteger calls = new AtomicInteger();
        Subscription watch = host.sync.watch(calls::incrementAndGet);
        for (int i = 0; i < 2; i++) { // the first call may be of a look that had begun before
            int before = calls.get();
            host.sync.retryNow();
            await().atMost(SOON).until(() -> calls.get() > before);
        }
        watch.close();
    }

    @Test
    void contentGoesOnUnderTheNewLeaderAsIfNothingHadHappened() throws Exception {
        Takeover takeover = takeOver(b);
        long before = b.group.view().revision();
        follow(c, takeover);
        looks(b);
        looks(c);

        assertThat(b.group.view().revision()).isEqualTo(before); // nothing was listed anew
        assertThat(b.catalog.items()).containsExactly(kept);
        assertThat(c.catalog.items()).containsExactly(kept);
        assertThat(c.bytes(kept.digest())).hasSize(2 * MIB);
        CatalogItem next = b.upload("next", Site.random(MIB, 2));
        await().atMost(SOON).until(() -> c.holds(next));
        await().atMost(SOON)
                .until(() -> b.sees(c, next).filter(Holding.SYNCED::equals).isPresent());
    }

    @Test
    void whatWasRetiredBeforeIsNotRevivedByTheNewLeader() throws Exception {
        CatalogItem gone = a.upload("gone", Site.random(3 * MIB, 3));
        await().atMost(SOON).until(() -> b.holds(gone) && c.holds(gone));
        looks(b);
        b.stop(); // so that it does not notice
        a.catalog.retire(gone.digest(), Site.ADMIN);
        Takeover takeover = takeOver(b);
        b.restart();
        follow(c, takeover);

        for (Site.Node host : List.of(b, c)) {
            await().atMost(SOON).until(() -> host.store.space().used() < 3 * MIB);
            assertThat(host.catalog.items()).containsExactly(kept);
            assertThat(host.holds(kept)).isTrue();
        }
    }

    @Test
    void nothingIsDroppedBeforeTheNewStateIsHere() throws Exception {
        Site.Node d = followerOfTheOldLeaderAlone();
        CatalogItem late = partly(d, 4);
        await().atMost(SOON).until(() -> b.holds(late) && c.holds(late));
        looks(d);
        long held = d.store.space().used();
        Takeover takeover = takeOver(b);

        for (long revision : new long[] {0, 1}) { // nothing yet, then a part
            d.group.starve(OptionalLong.of(revision));
            follow(d, takeover);
            looks(d);
            assertThat(d.holds(kept)).isTrue();
            assertThat(d.store.fetches().get(late.digest())).isPresent();
        }
        Tap fromB = new Tap(b.store, Long.MAX_VALUE);
        b.serve(fromB);
        a.stop();
        site.network.isolate(a.identity.id());
        d.group.starve(OptionalLong.empty());
        assertThat(d.store.space().used()).isGreaterThanOrEqualTo(held);
        site.network.heal();

        await().atMost(SOON).until(() -> d.holds(late));
        assertThat(d.holds(kept)).isTrue();
        assertThat(fromB.served()).isLessThan(22L * MIB); // what it had counts
    }

    /** It holds what is kept, and gets nothing from the others. */
    private Site.Node followerOfTheOldLeaderAlone() throws Exception {
        Site.Node d = site.host("d");
        site.network.cut(b.identity.id(), d.identity.id());
        site.network.cut(c.identity.id(), d.identity.id());
        d.follow(a);
        await().atMost(SOON).until(() -> d.holds(kept));
        return d;
    }

    /** Uploads 24 MiB to the old leader, of which that host gets a part only. */
    private CatalogItem partly(Site.Node host, long seed) throws Exception {
        Tap tap = new Tap(a.store, 6 * MIB, host.identity.id()::equals);
        a.serve(tap);
        CatalogItem late = a.upload("late", Site.random(24 * MIB, seed));
        await().atMost(SOON).until(tap::isDry);
        return late;
    }

    private CatalogItem listedByTheOldLeaderAlone() throws Exception {
        CatalogItem alone = a.upload("alone", Site.random(3 * MIB, 5));
        looks(a);
        return alone;
    }

    private static Aside aside(Takeover takeover, CatalogItem item) throws IOException {
        Aside.Item put =
                new Aside.Item(
                        Aside.What.PUT,
                        Listing.SLICE,
                        item.digest().value(),
                        Json.MAPPER.writeValueAsBytes(item),
                        takeover.parent().revision() + 1,
                        Site.ADMIN,
                        item.addedOn(),
                        Instant.EPOCH);
        Aside.Item strange =
                new Aside.Item(
                        Aside.What.PUT,
                        Listing.SLICE,
                        "x",
                        new byte[] {'{', '}'},
                        takeover.parent().revision() + 2,
                        null,
                        null,
                        null);
        return new Aside(
                "aside1",
                takeover.parent().group(),
                takeover.parent().generation(),
                takeover.group(),
                Instant.EPOCH,
                List.of(put, strange));
    }

    @Test
    void aLeaderThatIsChallengedTakesNoUploadMore() throws Exception {
        Takeover takeover = takeOver(b);
        a.group.consider(takeover, b.identity.id());

        assertThatThrownBy(() -> a.uploads.create("x", OptionalLong.of(1), Site.ADMIN))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.SUPERSEDED))
                .hasMessage("b took this group over");
    }

    @Test
    void whatWasSetAsideKeepsItsBytesUntilItIsDropped() throws Exception {
        Takeover takeover = takeOver(b);
        CatalogItem alone = listedByTheOldLeaderAlone();
        a.group.consider(takeover, b.identity.id());
        a.group.setAside(List.of(aside(takeover, alone)));
        a.group.yieldTo(takeover);
        looks(a);
        a.restart();
        CatalogItem gone = b.upload("gone", Site.random(MIB, 6));
        await().atMost(SOON).until(() -> a.holds(gone));
        b.catalog.retire(gone.digest(), Site.ADMIN); // makes every host sweep
        await().atMost(SOON).until(() -> a.store.space().used() < 6 * MIB);

        assertThat(a.catalog.items()).containsExactly(kept);
        assertThat(a.catalog.item(alone.digest())).contains(alone);
        assertThat(b.catalog.item(alone.digest())).isEmpty();
        assertThat(a.bytes(alone.digest())).isEqualTo(Site.random(3 * MIB, 5));

        a.group.dropAside("aside1");

        await().atMost(SOON).until(() -> a.store.space().used() < 3 * MIB);
        assertThat(a.holds(alone)).isFalse();
        assertThat(a.catalog.item(alone.digest())).isEmpty();
        assertThat(a.holds(kept)).isTrue();
    }

    private CatalogItem setAsideOnTheOldLeader() throws Exception {
        Takeover takeover = takeOver(b);
        CatalogItem alone = listedByTheOldLeaderAlone();
        a.group.consider(takeover, b.identity.id());
        a.group.setAside(List.of(aside(takeover, alone)));
        a.group.yieldTo(takeover);
        looks(a);
        return alone;
    }

    private static Aside unreadable(String id) {
        return new Aside(id, id, 0, "", Instant.EPOCH, List.of());
    }

    @Test
    void whatWasSetAsideStaysForAsLongAsItCannotBeRead() throws Exception {
        CatalogItem alone = setAsideOnTheOldLeader();

        a.group.setAside(List.of(unreadable("aside1")));
        looks(a);
        a.restart();
        looks(a);

        assertThat(a.bytes(alone.digest())).isEqualTo(Site.random(3 * MIB, 5));
        assertThat(new ContentLink(a.store, a.listing).brings())
                .containsExactly("kept, revision 1, 2.0 MiB");

        a.group.setAside(List.of(unreadable("another")));

        await().atMost(SOON).until(() -> !a.holds(alone));
    }

    @Test
    void whatWasSetAsideTwiceStaysUntilBothAreDropped() throws Exception {
        CatalogItem alone = setAsideOnTheOldLeader();
        Aside first = a.group.aside().get(0);
        Aside second =
                new Aside(
                        "aside2",
                        first.group(),
                        first.generation(),
                        first.successor(),
                        Instant.EPOCH,
                        first.items());

        a.group.setAside(List.of(second, first));
        a.group.dropAside("aside1");
        looks(a);
        a.group.setAside(List.of(unreadable("aside2")));
        looks(a);
        assertThat(a.holds(alone)).isTrue();

        a.group.dropAside("aside2");
        await().atMost(SOON).until(() -> !a.holds(alone));
    }

    @Test
    void aPartThatIsOnItsWayStaysWhileSomethingSetAsideCannotBeRead() throws Exception {
        Site.Node d = followerOfTheOldLeaderAlone();
        CatalogItem late = partly(d, 7);
        d.group.setAside(List.of(unreadable("aside1")));

        a.catalog.retire(late.digest(), Site.ADMIN);
        looks(d);
        assertThat(d.store.fetches().get(late.digest())).isPresent();

        d.group.dropAside("aside1");
        await().atMost(SOON).until(() -> d.store.fetches().get(late.digest()).isEmpty());
    }

    @Test
    void whatWasSetAsideIsNeverMerged() throws Exception {
        Takeover takeover = takeOver(b);
        CatalogItem alone = listedByTheOldLeaderAlone();
        a.group.consider(takeover, b.identity.id());
        a.group.setAside(List.of(aside(takeover, alone)));
        a.group.yieldTo(takeover);
        looks(a);
        assertThat(new ContentLink(a.store, a.listing).brings())
                .containsExactly("kept, revision 1, 2.0 MiB");

        takeOver(a);
        looks(a);
        assertThat(a.catalog.items()).containsExactly(kept);
        assertThat(a.holds(alone)).isTrue();
    }

    @Test
    void whatOneHostAloneSawStaysEvenIfNothingSaysThatItWasSetAside() throws Exception {
        Takeover takeover = takeOver(b);
        CatalogItem alone = listedByTheOldLeaderAlone();
        a.group.consider(takeover, b.identity.id());

        a.group.yieldTo(takeover);

        looks(a);
        assertThat(a.holds(alone)).isTrue();
        assertThat(a.catalog.items()).containsExactly(kept);
    }
}

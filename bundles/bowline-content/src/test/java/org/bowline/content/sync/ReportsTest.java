package org.bowline.content.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentReport;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.content.Kind;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Member;
import org.bowline.api.peers.Presence;
import org.bowline.content.store.Json;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Actor ADMIN = new Actor("admin", "rest");
    private static final Holding STUCK =
            new Holding(
                    Holding.State.NOT_SYNCED, 10, 90, "", 0, "The store is full", "Retire content");

    private final TestIdentity self = new TestIdentity();
    private final MemoryGroup group =
            new MemoryGroup(
                    new MemoryGroup.World(),
                    new Member(self.id(), self.key(), TestHost.linkableFacts("a"), 0));

    private Wanted wanted(int count) {
        Map<Digest, Entry<CatalogItem>> entries = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            Digest digest = new Digest(Digest.PREFIX + String.format("%064x", i));
            CatalogItem item =
                    new CatalogItem(
                            digest,
                            "bundle " + i,
                            1,
                            100,
                            Kind.FILE,
                            digest,
                            ADMIN,
                            self.id(),
                            Instant.EPOCH);
            entries.put(digest, new Entry<>(item, i * 10L, ADMIN, self.id(), Instant.EPOCH));
        }
        return new Wanted(group.view(), entries);
    }

    private static List<Holding> asRead(ContentReport report, Wanted wanted) throws Exception {
        ContentReport read = Json.MAPPER.readValue(OwnReport.bytes(report), ContentReport.class);
        List<Holding> holdings = new ArrayList<>();
        wanted.entries()
                .values()
                .forEach(
                        entry ->
                                holdings.add(
                                        Reports.holding(read, entry.value(), entry.revision())));
        return holdings;
    }

    @Test
    void namesNothingWhenAllIsThere() {
        ContentReport report = OwnReport.of(wanted(3), item -> Holding.SYNCED);

        assertThat(report.state()).isEqualTo(Holding.State.SYNCED);
        assertThat(report.percent()).isEqualTo(100);
        assertThat(report.missing()).isEmpty();
        assertThat(report.revision()).isEqualTo(group.view().revision());
    }

    @Test
    void whatDoesNotFitIsNeverTakenForSynced() throws Exception {
        Wanted wanted = wanted(40);

        ContentReport report =
                OwnReport.of(wanted, item -> item.name().endsWith("1") ? Holding.SYNCED : STUCK);

        assertThat(OwnReport.bytes(report).length).isLessThanOrEqualTo(Presence.MAX_VALUE);
        assertThat(report.state()).isEqualTo(Holding.State.NOT_SYNCED);
        assertThat(report.reason()).isEqualTo("The store is full");
        assertThat(report.missing()).isNotEmpty();
        List<Holding> seen = asRead(report, wanted);
        assertThat(seen.get(0)).isEqualTo(Holding.SYNCED);
        assertThat(seen.get(1)).isEqualTo(STUCK);
        assertThat(seen.subList(11, 40)).doesNotContain(Holding.SYNCED);
    }

    @Test
    void whatCameLaterThanTheReportIsOnItsWay() {
        ContentReport old = new ContentReport(20, Holding.State.SYNCED, 100, "", "", Map.of());
        List<CatalogItem> items = wanted(3).entries().values().stream().map(Entry::value).toList();

        assertThat(Reports.holding(old, items.get(1), 20)).isEqualTo(Holding.SYNCED);
        assertThat(Reports.holding(old, items.get(2), 30).state()).isEqualTo(Holding.State.SYNCING);
    }
}

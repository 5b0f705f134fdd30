package org.bowline.content.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentReport;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Entry;
import org.bowline.api.peers.Presence;
import org.bowline.content.store.Json;

/**
 * Puts this host's report together. As many bundles as fit are named, in the group's order; where
 * not all fit, the report's revision ends before the first that is left out, so that nobody takes
 * it for Synced.
 */
final class OwnReport {
    private OwnReport() {}

    private record Open(CatalogItem item, long revision, Holding holding) {}

    static ContentReport of(Wanted wanted, Function<CatalogItem, Holding> holdings) {
        List<Open> open = new ArrayList<>();
        long size = 0;
        long left = 0;
        for (Entry<CatalogItem> entry : wanted.entries().values()) {
            Holding holding = holdings.apply(entry.value());
            size += entry.value().size();
            left += holding.bytesLeft();
            if (holding.state() != Holding.State.SYNCED) {
                open.add(new Open(entry.value(), entry.revision(), holding));
            }
        }
        open.sort(Comparator.comparingLong(Open::revision));
        int percent = size == 0 ? 100 : (int) ((size - left) * 100 / size);
        return fitting(wanted, open, open.isEmpty() ? 100 : Math.min(99, percent));
    }

    private static ContentReport fitting(Wanted wanted, List<Open> open, int percent) {
        Holding.State state = state(open);
        Holding worst =
                open.stream()
                        .filter(one -> one.holding().state() == state)
                        .map(Open::holding)
                        .findFirst()
                        .orElse(Holding.SYNCED);
        for (int named = open.size(); ; named--) {
            Map<String, Holding> missing = new LinkedHashMap<>();
            open.subList(0, named)
                    .forEach(one -> missing.put(one.item().digest().value(), one.holding()));
            long revision =
                    named == open.size()
                            ? wanted.view().revision()
                            : open.get(named).revision() - 1;
            ContentReport report =
                    new ContentReport(
                            revision, state, percent, worst.reason(), worst.fix(), missing);
            if (named == 0 || bytes(report).length <= Presence.MAX_VALUE) {
                return report;
            }
        }
    }

    private static Holding.State state(List<Open> open) {
        if (open.isEmpty()) {
            return Holding.State.SYNCED;
        }
        boolean stuck =
                open.stream().anyMatch(one -> one.holding().state() == Holding.State.NOT_SYNCED);
        return stuck ? Holding.State.NOT_SYNCED : Holding.State.SYNCING;
    }

    static byte[] bytes(ContentReport report) {
        try {
            return Json.MAPPER.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for a report", e);
        }
    }
}

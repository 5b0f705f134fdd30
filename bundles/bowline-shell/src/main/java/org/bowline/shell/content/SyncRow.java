package org.bowline.shell.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.identity.HostId;

/** How one host stands with one content bundle, in the words of REST. */
record SyncRow(
        HostId host,
        Digest digest,
        Holding.State state,
        int percent,
        long bytesLeft,
        String source,
        long bytesPerSecond,
        String reason,
        String fix) {
    /** Rows of all hosts: of all content by the catalog's order, or of one. */
    static List<SyncRow> of(Catalog catalog, Optional<Digest> only) {
        Map<HostId, Map<Digest, Holding>> holdings = catalog.holdings();
        List<SyncRow> rows = new ArrayList<>();
        for (CatalogItem item : catalog.items()) {
            if (only.isEmpty() || only.get().equals(item.digest())) {
                holdings.keySet().stream()
                        .sorted()
                        .filter(host -> holdings.get(host).containsKey(item.digest()))
                        .map(host -> of(host, item.digest(), holdings.get(host).get(item.digest())))
                        .forEach(rows::add);
            }
        }
        return rows;
    }

    private static SyncRow of(HostId host, Digest digest, Holding holding) {
        return new SyncRow(
                host,
                digest,
                holding.state(),
                holding.percent(),
                holding.bytesLeft(),
                holding.source(),
                holding.bytesPerSecond(),
                holding.reason(),
                holding.fix());
    }

    boolean synced() {
        return state == Holding.State.SYNCED;
    }

    /** As the Local UI says it. */
    String word() {
        return switch (state) {
            case SYNCED -> "Synced";
            case SYNCING -> "Syncing " + percent + " %";
            case NOT_SYNCED -> "Not Synced";
        };
    }

    String problem() {
        return reason.isEmpty() ? "" : reason + (fix.isEmpty() ? "" : ". " + fix);
    }
}

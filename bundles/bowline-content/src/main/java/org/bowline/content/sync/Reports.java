package org.bowline.content.sync;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.ContentReport;
import org.bowline.api.content.Holding;
import org.bowline.api.group.Entry;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;
import org.bowline.content.Listing;
import org.bowline.content.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the other hosts say of their content. Safe for use by any thread; no call waits. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Presence presence;
    private final Listing listing;

    Reports(Presence presence, Listing listing) {
        this.presence = presence;
        this.listing = listing;
    }

    /** False only if the leaders judge so. */
    boolean reachable(HostId host) {
        Said said = presence.heard().get(host);
        return said == null || said.reachable();
    }

    /** What that host said; empty if it was never heard of, or says what cannot be read. */
    Optional<ContentReport> of(HostId host) {
        Map<HostId, Said> heard = presence.heard();
        return Optional.ofNullable(heard.get(host))
                .flatMap(said -> said.text(ContentReport.KEY))
                .flatMap(text -> parse(host, text));
    }

    private static Optional<ContentReport> parse(HostId host, String text) {
        try {
            return Optional.of(Json.MAPPER.readValue(text, ContentReport.class));
        } catch (IOException e) {
            LOG.debug("{} says of its content what cannot be read", host, e);
            return Optional.empty();
        }
    }

    /** How that host stands with an item; empty if it was never heard of. */
    Optional<Holding> holding(HostId host, CatalogItem item) {
        long since = listing.get(item.digest()).map(Entry::revision).orElse(Long.MAX_VALUE);
        return of(host).map(report -> holding(report, item, since));
    }

    static Holding holding(ContentReport report, CatalogItem item, long since) {
        Holding named = report.missing().get(item.digest().value());
        if (named != null) {
            return named;
        }
        return report.revision() >= since
                ? Holding.SYNCED
                : new Holding(Holding.State.SYNCING, 0, item.size(), "", 0, "", "");
    }
}

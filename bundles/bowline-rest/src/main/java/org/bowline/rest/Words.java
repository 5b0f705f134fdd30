package org.bowline.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.content.Catalog;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.content.Kind;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Group;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Pairing;
import org.bowline.rest.http.Items;
import org.bowline.rest.http.Role;

/** What this API says otherwise than the records of the rooms do; routes and events share it. */
final class Words {
    private Words() {}

    /**
     * The table of linked hosts.
     *
     * @param ready whether this host can link and hold content now
     */
    record Hosts(List<HostRow> items, boolean ready) {}

    /** One content bundle. */
    record ContentItem(
            Digest digest,
            String name,
            int revision,
            long size,
            Kind kind,
            String addedBy,
            HostId addedOn,
            Instant addedAt) {
        static ContentItem of(CatalogItem item) {
            return new ContentItem(
                    item.digest(),
                    item.name(),
                    item.revision(),
                    item.size(),
                    item.kind(),
                    item.addedBy().name(),
                    item.addedOn(),
                    item.addedAt());
        }
    }

    /** How one host stands with one content bundle: a cell of the matrix. */
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
        static SyncRow of(HostId host, Digest digest, Holding holding) {
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
    }

    static Hosts hosts(Pairing pairing, boolean ready) {
        return new Hosts(pairing.hosts(), ready);
    }

    /** The token is a secret, so those who may not use it do not see it. */
    static LeaderView leader(LeaderView view, Role role) {
        return role.covers(Role.OPERATOR)
                ? view
                : new LeaderView(
                        view.leading(),
                        Optional.empty(),
                        view.cannotStart(),
                        view.cannotStop(),
                        view.cannotTakeOver(),
                        view.challenge(),
                        view.joining());
    }

    /**
     * That something was set aside; its values are for admins alone.
     *
     * @param count of its items
     */
    record AsideRow(
            String id, String group, long generation, String successor, Instant time, int count) {
        static AsideRow of(Aside aside) {
            return new AsideRow(
                    aside.id(),
                    aside.group(),
                    aside.generation(),
                    aside.successor(),
                    aside.time(),
                    aside.items().size());
        }
    }

    static Items<AsideRow> aside(Group group) {
        return new Items<>(group.aside().stream().map(AsideRow::of).toList());
    }

    static Items<ContentItem> content(Catalog catalog) {
        return new Items<>(catalog.items().stream().map(ContentItem::of).toList());
    }

    static Items<SyncRow> sync(Catalog catalog) {
        List<SyncRow> rows = new ArrayList<>();
        for (Map.Entry<HostId, Map<Digest, Holding>> host : catalog.holdings().entrySet()) {
            host.getValue()
                    .forEach((digest, held) -> rows.add(SyncRow.of(host.getKey(), digest, held)));
        }
        return new Items<>(rows);
    }
}

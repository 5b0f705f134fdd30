package org.bowline.shell.content;

import java.time.Instant;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Kind;
import org.bowline.api.identity.HostId;

/** One content bundle in the words of REST. */
record ItemView(
        Digest digest,
        String name,
        int revision,
        long size,
        Kind kind,
        String addedBy,
        HostId addedOn,
        Instant addedAt) {
    static ItemView of(CatalogItem item) {
        return new ItemView(
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

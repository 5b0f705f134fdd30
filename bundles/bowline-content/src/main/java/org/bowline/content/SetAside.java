package org.bowline.content;

import java.io.IOException;
import java.util.Optional;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.group.Aside;
import org.bowline.content.store.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An item that this host alone had listed when it followed a takeover.
 *
 * @param id of what was set aside then
 */
public record SetAside(String id, CatalogItem item) {
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    /** Empty if it is no item that this release can read. */
    static Optional<SetAside> read(Aside aside, Aside.Item put) {
        byte[] value = put.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            CatalogItem item = Json.MAPPER.readValue(value, CatalogItem.class);
            boolean whole = item != null && item.digest() != null && item.name() != null;
            return whole ? Optional.of(new SetAside(aside.id(), item)) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} of {}, set aside, cannot be read", put.key(), aside.group(), e);
            return Optional.empty();
        }
    }
}

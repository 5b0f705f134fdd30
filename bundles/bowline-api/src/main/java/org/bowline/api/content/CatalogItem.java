package org.bowline.api.content;

import java.time.Instant;
import org.bowline.api.Actor;
import org.bowline.api.identity.HostId;

/**
 * One content bundle that the group wants on every host.
 *
 * @param digest of the whole content: its identity
 * @param name what people call it, not unique
 * @param revision 1 for the first content of that name, one more for each further one, in the
 *     group's order
 * @param size in bytes
 * @param kind what it is
 * @param manifest digest of the chunk list
 * @param addedBy who uploaded it
 * @param addedOn on which host
 * @param addedAt by that host's clock
 */
public record CatalogItem(
        Digest digest,
        String name,
        int revision,
        long size,
        Kind kind,
        Digest manifest,
        Actor addedBy,
        HostId addedOn,
        Instant addedAt) {}

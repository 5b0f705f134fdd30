package org.bowline.api.content;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What content the group wants on every host, and how far each host is.
 *
 * <p>Safe for use by any thread. Reads never wait; {@link #retire} waits for the group's commit.
 */
@ProviderType
public interface Catalog {
    /** All items, by name and revision. Nothing half-received is ever listed. */
    List<CatalogItem> items();

    /**
     * The item of that digest; also one that is not among the {@link #items}, but was set aside on
     * this host when it followed a takeover ({@link org.bowline.api.group.Group#aside}): its bytes
     * stay until that is dropped.
     */
    Optional<CatalogItem> item(Digest digest);

    /** How every host stands with every item; a host that was never heard of is left out. */
    Map<HostId, Map<Digest, Holding>> holdings();

    /**
     * Takes an item out of the group's content; its bytes come free on every host.
     *
     * @throws org.bowline.api.RefusedException {@code CONTENT_UNKNOWN}, {@code USE_THE_LEADER},
     *     {@code SUPERSEDED}, or as the group's commit
     */
    void retire(Digest digest, Actor actor) throws IOException;

    /** Tries at once what waits for another attempt on this host. */
    void retryNow();

    /**
     * Calls back after something changed, at most 4 times a second; the callback must not block.
     */
    Subscription watch(Runnable changed);
}

package org.bowline.api.identity;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.bowline.api.Subscription;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whom this host trusts. Trust is membership: a peer is accepted if and only if its key stands in
 * the group's member list. The group alone writes it; it is loaded before the first connection.
 *
 * <p>Safe for use by any thread. Only {@link #replace} waits, for the disk.
 */
@ProviderType
public interface Trust {
    /** The member of that id, this host included; empty for a stranger. */
    Optional<TrustedHost> find(HostId host);

    /** All members, this host included. */
    Collection<TrustedHost> all();

    /**
     * Whether that host may open a channel of that protocol to this host, now. A stranger may open
     * {@code pair/…} only. Asked in the handshake, and again for every open channel when trust
     * changes.
     *
     * @param protocol with its major version, such as {@code feed/1}
     */
    boolean mayOpen(HostId host, String protocol);

    /**
     * Replaces the whole list atomically: fsynced before this returns, then watchers are called.
     *
     * @param members all members, this host included
     * @param revision the group's revision this list belongs to
     * @throws IOException if the disk fails; the old list stays in force
     */
    void replace(Collection<TrustedHost> members, long revision) throws IOException;

    /** Calls back after each change, on the thread that made it; the callback must not block. */
    Subscription watch(Runnable changed);
}

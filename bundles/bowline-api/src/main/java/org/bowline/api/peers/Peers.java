package org.bowline.api.peers;

import java.io.IOException;
import java.time.Duration;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens named streams to other hosts over whichever transport reaches them, and closes every stream
 * whose peer is no longer trusted with it.
 *
 * <p>Safe for use by any thread. Both calls wait for the network: connecting, handshake, and the
 * peer's first byte, by which it accepts the protocol.
 */
@ProviderType
public interface Peers {
    /**
     * Opens a stream to a member, at the endpoints that trust knows, then at the address from which
     * it last came itself, with the same ports; the one that worked last first.
     *
     * @throws IOException if no endpoint answers; the message names each with its cause
     */
    Channel open(HostId member, String protocol) throws IOException;

    /**
     * Opens a stream to a host at a given endpoint, member or not: pairing's way to a leader.
     *
     * @throws org.bowline.api.transport.WrongKeyException if another key answers there
     */
    Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException;
}

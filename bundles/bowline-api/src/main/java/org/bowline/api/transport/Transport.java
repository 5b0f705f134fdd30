package org.bowline.api.transport;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries byte streams to proven peers: encrypted, with both keys proven in the handshake and asked
 * of {@link org.bowline.api.identity.Trust#mayOpen} on the accepting side. Peers hosts all
 * transports there are.
 *
 * <p>Safe for use by any thread.
 */
@ConsumerType
public interface Transport {
    /** The name in endpoints, such as {@code tls}. */
    String name();

    /** The port it listens on, 1 to 65535. */
    int port();

    /**
     * Dials a peer and waits until the handshake is done. That the peer accepts this host is known
     * only once it has sent its first byte (TLS 1.3 ends the client's handshake before the server
     * has judged the certificate).
     *
     * @param endpoint where to dial; its transport is this one
     * @param expected the only peer that will do
     * @param protocol with its major version
     * @param timeout bounds connecting and handshake together
     * @throws WrongKeyException if another key answers there
     * @throws IOException if nobody answers or the handshake fails
     */
    Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException;

    /**
     * Starts to accept channels; at most one acceptor at a time.
     *
     * @return ends the listening and closes every channel that was accepted
     * @throws IOException if the port cannot be had
     */
    Closeable listen(Acceptor acceptor) throws IOException;

    /** Takes accepted channels. */
    interface Acceptor {
        /**
         * Called after the handshake on a thread of the transport; must hand the channel on without
         * waiting. Owns the channel.
         */
        void accepted(Channel channel);
    }
}

package org.bowline.api.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A byte stream to one proven peer, labelled with a protocol name. Who opened or accepted it closes
 * it.
 *
 * <p>One thread may read while another writes; {@link #close} may come from any thread and ends
 * both with an {@link IOException}.
 */
@ProviderType
public interface Channel extends Closeable {
    /** The peer, proven by its key in the handshake. */
    HostId peer();

    /** The peer's public key, DER SubjectPublicKeyInfo. */
    byte[] peerKey();

    /** The protocol, with its major version, such as {@code feed/1}. */
    String protocol();

    /** Where the peer is, as seen from here. */
    Endpoint remote();

    /** Reads wait for the peer, at most as long as {@link #readTimeout} says. */
    InputStream input();

    /**
     * Writes wait while the peer does not read. Not buffered beyond one record: write whole frames.
     */
    OutputStream output();

    /**
     * Bounds every read from now on; zero waits for ever. A read that takes longer throws {@link
     * java.net.SocketTimeoutException}.
     */
    void readTimeout(Duration timeout) throws IOException;

    @Override
    void close();
}

package org.bowline.api.peers;

import java.io.IOException;
import org.bowline.api.transport.Channel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Serves one protocol to other hosts. A room registers it as a service; Peers finds it by
 * whiteboard.
 *
 * <p>Each accepted channel is handled on a thread of its own out of Peers' capped pool, which
 * closes the channel when {@link #handle} ends. Calls overlap.
 */
@ConsumerType
public interface ProtocolHandler {
    /** The protocol served, with its major version, such as {@code feed/1}. */
    String protocol();

    /**
     * Serves one channel to its end. May wait for the peer as long as it likes; must end when the
     * channel closes.
     *
     * @throws IOException if the peer goes away or talks nonsense; Peers logs it at debug
     */
    void handle(Channel channel) throws IOException;
}

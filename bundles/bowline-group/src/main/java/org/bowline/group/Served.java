package org.bowline.group;

import java.io.IOException;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;

/** One protocol that this room serves. */
record Served(String protocol, Conversation conversation) implements ProtocolHandler {
    interface Conversation {
        void hold(Channel channel) throws IOException;
    }

    @Override
    public void handle(Channel channel) throws IOException {
        conversation.hold(channel);
    }
}

package org.bowline.peers;

import java.io.IOException;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;

/** Sends back whatever comes. */
record Echo(String protocol) implements ProtocolHandler {
    @Override
    public void handle(Channel channel) throws IOException {
        for (int b = channel.input().read(); b >= 0; b = channel.input().read()) {
            channel.output().write(b);
        }
    }

    /** Whether the other end answers. */
    static boolean answers(Channel channel) throws IOException {
        channel.output().write(7);
        return channel.input().read() == 7;
    }
}

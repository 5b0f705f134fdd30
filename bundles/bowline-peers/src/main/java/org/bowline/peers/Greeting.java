package org.bowline.peers;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.bowline.api.transport.Channel;

/**
 * The first byte on every channel, from the side that accepted it: only then does the dialler know
 * that it is trusted and that somebody serves the protocol.
 */
enum Greeting {
    /** Byte 0. */
    ACCEPTED,
    /** Byte 1; the channel ends. */
    NO_SUCH_PROTOCOL;

    void write(Channel channel) throws IOException {
        channel.output().write(ordinal());
        channel.output().flush();
    }

    /** Waits for the byte; returns if the protocol is served. */
    static void expect(Channel channel) throws IOException {
        int first = read(channel);
        if (first == NO_SUCH_PROTOCOL.ordinal()) {
            throw new IOException(
                    channel.peer() + " does not serve " + channel.protocol() + " now");
        }
        if (first < 0) {
            throw new IOException(
                    channel.peer() + " closed the channel: it may not trust this host, or is busy");
        }
        if (first != ACCEPTED.ordinal()) {
            throw new IOException(channel.peer() + " greets with byte " + first + ", expected 0");
        }
    }

    private static int read(Channel channel) throws IOException {
        try {
            return channel.input().read();
        } catch (SocketTimeoutException e) {
            throw new IOException(channel.peer() + " connected, but did not answer in time", e);
        }
    }
}

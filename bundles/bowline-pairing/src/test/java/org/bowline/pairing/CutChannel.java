package org.bowline.pairing;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/** A channel over which nothing arrives any more once a number of messages was sent. */
final class CutChannel implements Channel {
    private final Channel channel;
    private final int messages;
    private int sent;

    CutChannel(Channel channel, int messages) {
        this.channel = channel;
        this.messages = messages;
    }

    @Override
    public HostId peer() {
        return channel.peer();
    }

    @Override
    public byte[] peerKey() {
        return channel.peerKey();
    }

    @Override
    public String protocol() {
        return channel.protocol();
    }

    @Override
    public Endpoint remote() {
        return channel.remote();
    }

    @Override
    public InputStream input() {
        return new FilterInputStream(channel.input()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                return arrived(read);
            }

            @Override
            public int read(byte[] into, int off, int len) throws IOException {
                int read = super.read(into, off, len);
                return arrived(read);
            }
        };
    }

    private int arrived(int read) throws IOException {
        if (sent >= messages) {
            throw new EOFException("the line was cut");
        }
        return read;
    }

    @Override
    public OutputStream output() {
        return new FilterOutputStream(channel.output()) {
            @Override
            public void write(byte[] bytes, int off, int len) throws IOException {
                out.write(bytes, off, len);
                sent++;
            }
        };
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        channel.readTimeout(timeout);
    }

    @Override
    public void close() {
        channel.close();
    }
}

package org.bowline.itests.scale;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;

/**
 * A host's lines to others, of which some can be stalled: what is written to them waits, as it does
 * once a peer that reads nothing has filled all buffers, until the channel is closed.
 */
final class Line {
    private final Set<HostId> stalled = ConcurrentHashMap.newKeySet();

    void stall(HostId peer) {
        stalled.add(peer);
    }

    synchronized void free(HostId peer) {
        stalled.remove(peer);
        notifyAll();
    }

    Transport around(Transport transport) {
        return new Transport() {
            @Override
            public String name() {
                return transport.name();
            }

            @Override
            public int port() {
                return transport.port();
            }

            @Override
            public Channel open(Endpoint at, HostId expected, String protocol, Duration timeout)
                    throws IOException {
                return new Stallable(transport.open(at, expected, protocol, timeout));
            }

            @Override
            public Closeable listen(Acceptor acceptor) throws IOException {
                return transport.listen(channel -> acceptor.accepted(new Stallable(channel)));
            }
        };
    }

    private synchronized void await(Stallable channel) throws IOException {
        while (stalled.contains(channel.peer()) && !channel.closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("while a stalled peer was written to");
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    private final class Stallable implements Channel {
        private final Channel channel;
        private final OutputStream output;
        private volatile boolean closed;

        Stallable(Channel channel) {
            this.channel = channel;
            output =
                    new FilterOutputStream(channel.output()) {
                        @Override
                        public void write(int b) throws IOException {
                            await(Stallable.this);
                            out.write(b);
                        }

                        @Override
                        public void write(byte[] bytes, int from, int length) throws IOException {
                            await(Stallable.this);
                            out.write(bytes, from, length);
                        }
                    };
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
            return channel.input();
        }

        @Override
        public OutputStream output() {
            return output;
        }

        @Override
        public void readTimeout(Duration timeout) throws IOException {
            channel.readTimeout(timeout);
        }

        @Override
        public void close() {
            closed = true;
            wake();
            channel.close();
        }
    }
}

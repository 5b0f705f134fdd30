package org.bowline.content;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.wire.ContentServer;

/** Serves content up to so many bytes in all, or to one host, then breaks off. */
final class Tap implements ProtocolHandler {
    private final ContentServer server;
    private final long most;
    private final Predicate<HostId> counts;
    private final AtomicLong served = new AtomicLong();

    Tap(DiskContentStore store, long most) {
        this(store, most, host -> true);
    }

    /**
     * @param counts whose bytes count; everybody else is served all
     */
    Tap(DiskContentStore store, long most, Predicate<HostId> counts) {
        this.server = new ContentServer(store);
        this.most = most;
        this.counts = counts;
    }

    long served() {
        return served.get();
    }

    boolean isDry() {
        return served.get() > most;
    }

    @Override
    public String protocol() {
        return server.protocol();
    }

    @Override
    public void handle(Channel channel) throws IOException {
        if (!counts.test(channel.peer())) {
            server.handle(channel);
            return;
        }
        server.handle(
                new ChangedOutput(
                        channel,
                        new FilterOutputStream(channel.output()) {
                            @Override
                            public void write(byte[] bytes, int off, int len) throws IOException {
                                if (served.addAndGet(len) > most) {
                                    throw new IOException("dry");
                                }
                                out.write(bytes, off, len);
                            }
                        }));
    }

    /** A channel whose output is another. */
    record ChangedOutput(Channel channel, OutputStream output) implements Channel {
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
        public void readTimeout(Duration timeout) throws IOException {
            channel.readTimeout(timeout);
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}

package org.bowline.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;

/**
 * Peers for tests of the rooms above: one transport, a thread per channel, the same first byte and
 * the same end of untrusted channels as the real one.
 */
public final class LoopbackPeers implements Peers, Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ACCEPTED = 0;
    private static final int NO_SUCH_PROTOCOL = 1;

    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    work -> {
                        Thread thread = new Thread(work, "bowline-loopback-peers");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Map<String, ProtocolHandler> handlers = new ConcurrentHashMap<>();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Transport transport;
    private final Trust trust;
    private final Closeable listening;

    public LoopbackPeers(Transport transport, Trust trust) throws IOException {
        this.transport = transport;
        this.trust = trust;
        listening = transport.listen(channel -> threads.execute(() -> serve(channel)));
        trust.watch(this::closeUntrusted);
    }

    /** Serves that protocol from now on. */
    public void host(ProtocolHandler handler) {
        handlers.put(handler.protocol(), handler);
    }

    @Override
    public Channel open(HostId member, String protocol) throws IOException {
        TrustedHost host =
                trust.find(member).orElseThrow(() -> new IOException("no member " + member));
        IOException failed = new IOException("no endpoint of " + member + " answers");
        for (Endpoint endpoint : host.endpoints()) {
            try {
                return open(endpoint, member, protocol, PATIENCE);
            } catch (IOException e) {
                failed.addSuppressed(e);
            }
        }
        throw failed;
    }

    @Override
    public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException {
        Channel channel = transport.open(endpoint, expected, protocol, timeout);
        try {
            channel.readTimeout(timeout);
            int greeting = channel.input().read();
            if (greeting != ACCEPTED) {
                throw new IOException(expected + " does not serve " + protocol + " now");
            }
            channel.readTimeout(Duration.ZERO);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        open.add(channel);
        return channel;
    }

    private void serve(Channel channel) {
        open.add(channel);
        try (channel) {
            ProtocolHandler handler = handlers.get(channel.protocol());
            channel.output().write(handler == null ? NO_SUCH_PROTOCOL : ACCEPTED);
            if (handler != null) {
                handler.handle(channel);
            }
        } catch (IOException e) {
            // The other side sees the channel close; that is all a handler's end means.
        } finally {
            open.remove(channel);
        }
    }

    private void closeUntrusted() {
        for (Channel channel : open) {
            if (!trust.mayOpen(channel.peer(), channel.protocol())) {
                open.remove(channel);
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(Channel::close);
        threads.shutdownNow();
    }
}

package org.bowline.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestIdentity;

/** A host under test: a key, a member list, a transport that listens on loopback. */
final class TlsHost implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);

    final TestIdentity identity = new TestIdentity();
    final MemoryTrust trust = new MemoryTrust();
    final TlsTransport transport;
    final Closeable door;
    private final String ip;
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    TlsHost() throws IOException {
        this(Settings.USUAL);
    }

    TlsHost(Settings settings) throws IOException {
        ip = settings.bind();
        transport = new TlsTransport(identity, trust, settings);
        door = transport.listen(accepted::add);
    }

    static void link(TlsHost... hosts) {
        List<HostId> ids = Stream.of(hosts).map(TlsHost::id).toList();
        Stream.of(hosts)
                .forEach(
                        host ->
                                host.trust.replace(
                                        Stream.of(hosts)
                                                .map(other -> other.identity.trusted())
                                                .toList(),
                                        ids.size()));
    }

    HostId id() {
        return identity.id();
    }

    Endpoint endpoint() {
        return at(ip);
    }

    /** Its port at that address. */
    Endpoint at(String address) {
        return new Endpoint("tls", address, transport.port());
    }

    Channel dial(TlsHost other, String protocol) throws IOException {
        return dial(other.endpoint(), other.id(), protocol);
    }

    Channel dial(Endpoint endpoint, HostId expected, String protocol) throws IOException {
        return transport.open(endpoint, expected, protocol, SOON);
    }

    /** The next channel that came in. */
    Channel accepted() throws InterruptedException {
        Channel channel = accepted.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        if (channel == null) {
            throw new AssertionError("nobody came in");
        }
        return channel;
    }

    boolean nobodyCameIn() {
        return accepted.isEmpty();
    }

    /** A host that has this key but no listening transport of its own. */
    static TlsTransport dialler(Identity identity) {
        return new TlsTransport(identity, new MemoryTrust(), Settings.USUAL);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transport.stop();
    }
}

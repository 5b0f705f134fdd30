package org.bowline.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.IpLiteral;
import org.bowline.api.identity.Trust;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * TLS 1.3 with a key on both sides ({@link Profile}). Every channel is a TCP connection and a full
 * handshake of its own: nothing is resumed, so that trust is asked each time.
 *
 * <p>A stop closes every channel, dialled or accepted.
 */
@Component(configurationPid = TlsTransport.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TlsTransport.Config.class)
public final class TlsTransport implements Transport {
    static final String PID = "bowline.transport.tls";
    static final String NAME = "tls";

    /** Where it listens, and how much it bears. */
    @ObjectClassDefinition(name = "Bowline TLS transport")
    public @interface Config {
        @AttributeDefinition(name = "TCP port", min = "1", max = "65535")
        int port();

        @AttributeDefinition(
                name = "Address it listens on",
                description = "An IP address, never a name; 0.0.0.0 for all.")
        String bind() default "0.0.0.0";

        @AttributeDefinition(
                name = "Connections of one address",
                description = "One over it is closed. A host needs some ten with each other host.",
                min = "1")
        int connections_per_source() default 256;

        @AttributeDefinition(
                name = "Connections whose handshake is not done",
                description = "Each has a thread. One address may have half of them.",
                min = "2")
        int half_open() default 64;

        @AttributeDefinition(name = "Longest handshake, in ms", min = "1")
        int handshake_timeout_ms() default 10_000;
    }

    private final Trust trust;
    private final Config config;
    private final Profile profile;
    private final WarmUp warmUp;
    private final Deadlines deadlines = new Deadlines();
    private final Set<Socket> dialled = ConcurrentHashMap.newKeySet();
    private @Nullable Door door; // guarded by this

    @Activate // wiring only
    public TlsTransport(@Reference Identity identity, @Reference Trust trust, Config config) {
        this.trust = trust;
        this.config = config;
        profile = new Profile(identity);
        warmUp = new WarmUp(profile, identity.id());
    }

    @Activate
    void start() {
        warmUp.start();
    }

    @Deactivate
    void stop() {
        warmUp.stop();
        synchronized (this) {
            if (door != null) {
                door.close();
            }
        }
        deadlines.close();
        dialled.forEach(Deadlines::shut);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized int port() {
        return door == null ? config.port() : door.port();
    }

    @Override
    public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException {
        if (!endpoint.transport().equals(NAME) || !Profile.isProtocol(protocol)) {
            throw new IllegalArgumentException("no " + protocol + " to " + endpoint + " over TLS");
        }
        InetSocketAddress address =
                new InetSocketAddress(
                        IpLiteral.parse(endpoint.ip()).orElseThrow(), endpoint.port());
        Socket raw = new Socket();
        dialled.add(raw);
        boolean open = false;
        try (Deadlines.Ticket ticket = deadlines.closeAfter(timeout, raw)) {
            PinnedPeer pinned = new PinnedPeer(expected, protocol);
            try {
                Channel channel = dial(raw, address, pinned, protocol, timeout);
                open = true;
                return channel;
            } catch (IOException e) {
                throw ticket.expired() ? late(timeout, e) : pinned.meaning(e);
            }
        } finally {
            if (!open) {
                dialled.remove(raw);
                Deadlines.shut(raw);
            }
        }
    }

    private Channel dial(
            Socket raw,
            InetSocketAddress address,
            PinnedPeer pinned,
            String protocol,
            Duration timeout)
            throws IOException {
        raw.setTcpNoDelay(true);
        raw.connect(address, (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis())));
        SSLSocket tls =
                (SSLSocket)
                        profile.forOne(pinned)
                                .getSocketFactory()
                                .createSocket(
                                        raw,
                                        IpLiteral.of(address.getAddress()),
                                        address.getPort(),
                                        true);
        tls.setSSLParameters(Profile.dialling(protocol));
        tls.startHandshake();
        return new TlsChannel(raw, tls, channel -> dialled.remove(raw));
    }

    private static IOException late(Duration timeout, IOException cause) {
        IOException late =
                new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
        late.initCause(cause);
        return late;
    }

    @Override
    public synchronized Closeable listen(Acceptor acceptor) throws IOException {
        if (door != null && !door.isClosed()) {
            throw new IllegalStateException("TLS listens already, on port " + door.port());
        }
        door = Door.open(profile, trust, deadlines, config, acceptor);
        return door;
    }
}

package org.bowline.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bowline.api.identity.IpLiteral;
import org.bowline.api.identity.Trust;
import org.bowline.api.transport.Transport.Acceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening port, and every connection that came through it. Owns the thread {@code
 * bowline-tls-accept}, and one of {@code bowline-tls-handshake} for each handshake that is going
 * on.
 */
final class Door implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int BACKLOG = 128;
    private static final long IDLE_THREAD_SECONDS = 5;
    private static final long PAUSE_MS = 200; // after accept failed, as when files run out
    private static final long LONGEST_GOODBYE_MS = 1000;
    private static final Duration WARN_EVERY = Duration.ofMinutes(1);

    private final ServerSocket port;
    private final SSLContext context;
    private final Trust trust;
    private final Deadlines deadlines;
    private final Duration patience;
    private final Acceptor acceptor;
    private final Admission admission;
    private final ThreadPoolExecutor handshakes;
    private final Thread accepting = new NamedThreads("bowline-tls-accept").newThread(this::accept);
    private final Set<Socket> inside = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY.toNanos());

    private Door(
            ServerSocket port,
            Profile profile,
            Trust trust,
            Deadlines deadlines,
            TlsTransport.Config config,
            Acceptor acceptor) {
        this.port = port;
        this.context = profile.forMembers(trust);
        this.trust = trust;
        this.deadlines = deadlines;
        this.acceptor = acceptor;
        patience = Duration.ofMillis(config.handshake_timeout_ms());
        admission = new Admission(config.half_open(), config.connections_per_source());
        handshakes =
                new ThreadPoolExecutor(
                        0,
                        config.half_open(),
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new NamedThreads("bowline-tls-handshake"));
    }

    /**
     * Takes the port and begins to accept.
     *
     * @throws IOException if the port cannot be had; the message names it
     */
    static Door open(
            Profile profile,
            Trust trust,
            Deadlines deadlines,
            TlsTransport.Config config,
            Acceptor acceptor)
            throws IOException {
        ServerSocket port = new ServerSocket();
        try {
            port.setReuseAddress(true);
            InetAddress bind =
                    IpLiteral.parse(config.bind())
                            .orElseThrow(() -> new UnknownHostException("is no IP address"));
            port.bind(new InetSocketAddress(bind, config.port()), BACKLOG);
        } catch (IOException e) {
            port.close();
            throw new IOException(
                    "port " + config.port() + " of " + config.bind() + ": " + e.getMessage(), e);
        }
        Door door = new Door(port, profile, trust, deadlines, config, acceptor);
        door.accepting.start();
        return door;
    }

    /** The port it has, also if any free one was asked for. */
    int port() {
        return port.getLocalPort();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /**
     * Ends the listening, the handshakes, and every channel that was accepted. Waits for no peer,
     * only until nobody accepts any more: the kernel keeps the port that long.
     */
    @Override
    public void close() {
        closed.countDown();
        Deadlines.shut(port);
        inside.forEach(Deadlines::shut);
        handshakes.shutdown();
        try {
            accepting.join(LONGEST_GOODBYE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!isClosed()) {
            try {
                admit(port.accept());
            } catch (IOException e) {
                pause(e);
            }
        }
    }

    private void pause(IOException why) {
        try {
            if (!closed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                warn("TLS cannot accept, and tries again: {}", why);
            }
        } catch (InterruptedException e) {
            LOG.warn("TLS accepts nobody any more: its thread was interrupted", e);
            closed.countDown();
            Deadlines.shut(port);
        }
    }

    private void admit(Socket socket) {
        Optional<Admission.Guest> guest = admission.enter(socket);
        if (guest.isEmpty()) {
            warn("Too many TLS connections; one more is closed: {}", socket.getInetAddress());
            Deadlines.shut(socket);
            return;
        }
        inside.add(socket);
        if (isClosed()) { // else close has seen it
            release(guest.get());
            return;
        }
        try {
            handshakes.execute(() -> receive(guest.get()));
        } catch (RejectedExecutionException e) {
            LOG.debug("No thread for a handshake with {}", socket.getInetAddress(), e);
            release(guest.get());
        }
    }

    private void receive(Admission.Guest guest) {
        try {
            TlsChannel channel = handshake(guest);
            admission.proven(guest);
            if (isClosed() || !trust.mayOpen(channel.peer(), channel.protocol())) {
                channel.close();
            } else {
                hand(channel);
            }
        } catch (IOException e) {
            LOG.debug("No handshake with {}", guest.socket().getInetAddress(), e);
            release(guest);
        } catch (RuntimeException e) {
            LOG.warn("A handshake with {} failed oddly", guest.socket().getInetAddress(), e);
            release(guest);
        }
    }

    private TlsChannel handshake(Admission.Guest guest) throws IOException {
        Socket raw = guest.socket();
        try (Deadlines.Ticket ticket = deadlines.closeAfter(patience, raw)) {
            raw.setTcpNoDelay(true);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
            tls.setUseClientMode(false);
            tls.setSSLParameters(Profile.accepting());
            tls.setHandshakeApplicationProtocolSelector(
                    (socket, offered) -> Profile.choose(offered));
            tls.startHandshake();
            return new TlsChannel(raw, tls, channel -> release(guest));
        }
    }

    private void hand(TlsChannel channel) {
        LOG.debug("Accepted {}", channel);
        try {
            acceptor.accepted(channel);
        } catch (RuntimeException e) {
            LOG.warn("{} is closed: nobody could take it", channel, e);
            channel.close();
        }
    }

    private void release(Admission.Guest guest) {
        Deadlines.shut(guest.socket());
        inside.remove(guest.socket());
        admission.leave(guest);
    }

    private void warn(String what, Object detail) {
        long now = System.nanoTime();
        long last = warned.get();
        if (now - last > WARN_EVERY.toNanos() && warned.compareAndSet(last, now)) {
            LOG.warn(what, detail);
        }
    }
}

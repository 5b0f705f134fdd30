package org.bowline.itests.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bowline.itests.Agent;

/**
 * Ends the joining host's TLS with a key of its own and opens another connection to the leader: a
 * man in the middle, who passes on what he was told if anybody tells him.
 */
final class Impostor implements AutoCloseable {
    private static final int PATIENCE_MS = 5000;

    private final ServerSocket port;
    private final SSLContext context;
    private final Agent leader;
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger believed = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();

    private Impostor(ServerSocket port, SSLContext context, Agent leader) {
        this.port = port;
        this.context = context;
        this.leader = leader;
    }

    /** Opens on a free port of loopback. */
    static Impostor of(Agent leader, HostKey key) throws GeneralSecurityException, IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        Impostor impostor = new Impostor(new ServerSocket(0, 50, loopback), key.context(), leader);
        Thread thread = new Thread(impostor::accept, "impostor");
        thread.setDaemon(true);
        thread.start();
        return impostor;
    }

    int port() {
        return port.getLocalPort();
    }

    /** Connections that came. */
    int met() {
        return met.get();
    }

    /** Handshakes that the other side went through with. */
    int believed() {
        return believed.get();
    }

    /** Bytes that were said to it. */
    int heard() {
        return heard.get();
    }

    private void accept() {
        while (!port.isClosed()) {
            try (Socket raw = port.accept()) {
                met.incrementAndGet();
                raw.setSoTimeout(PATIENCE_MS);
                impersonate(raw);
            } catch (IOException e) {
                continue; // the host hung up, or the test is over
            }
        }
    }

    private void impersonate(Socket raw) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.setHandshakeApplicationProtocolSelector((socket, offered) -> offered.get(0));
        try (Line onward = Line.open(context, leader, "pair/1", "127.0.0.1")) {
            tls.startHandshake();
            believed.incrementAndGet();
            tls.getOutputStream().write(onward.read());
            while (tls.getInputStream().read() >= 0) {
                heard.incrementAndGet();
            }
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}

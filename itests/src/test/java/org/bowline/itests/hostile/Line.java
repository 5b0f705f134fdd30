package org.bowline.itests.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.bowline.itests.Agent;

/** One TLS connection to the transport of an agent, asking for one protocol. */
final class Line implements AutoCloseable {
    /** An agent's first byte on a channel that it serves. */
    static final int SERVED = 0;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 10_000;
    private static final int MOMENT_MS = 300;

    private final SSLSocket socket;

    private Line(SSLSocket socket) {
        this.socket = socket;
    }

    /**
     * Shakes hands. The agent may have closed the door on seeing the key all the same: in TLS 1.3
     * the side that dials learns that when it reads.
     *
     * @param from a loopback address to come from
     */
    static Line open(SSLContext context, Agent agent, String protocol, String from)
            throws IOException {
        String ip = agent.files().ip();
        Socket raw = new Socket();
        raw.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        raw.connect(new InetSocketAddress(ip, agent.files().tls()), PATIENCE_MS);
        raw.setSoTimeout(PATIENCE_MS);
        // with host and port, by which the platform finds a session that it could resume
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory().createSocket(raw, ip, agent.files().tls(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        tls.setSSLParameters(parameters);
        try {
            tls.startHandshake();
        } catch (IOException e) {
            tls.close();
            throw e;
        }
        return new Line(tls);
    }

    /** Whether the agent serves that key that protocol: its first byte says so. */
    static boolean isServed(SSLContext context, Agent agent, String protocol) {
        try (Line line = open(context, agent, protocol, "127.0.0.1")) {
            return line.read() == SERVED;
        } catch (IOException e) {
            return false; // refused in the handshake, or on the first read
        }
    }

    /** The next byte; -1 at the end. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /** The certificate that the agent shows. */
    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** Sends bytes with their number in front. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes);
        socket.getOutputStream().write(frame.array());
        socket.getOutputStream().flush();
    }

    /** Says something on {@code pair/1} and answers what comes back. */
    JsonNode ask(Object envelope) throws IOException {
        send(JSON.writeValueAsBytes(envelope));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return JSON.readTree(in.readNBytes(in.readInt()));
    }

    /** Whether it is open: something comes, or nothing does. */
    boolean isOpen() {
        try {
            socket.setSoTimeout(MOMENT_MS);
            return read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads on to the end; completes with the time of it, as of {@link System#nanoTime}. */
    CompletableFuture<Long> end() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        socket.setSoTimeout(PATIENCE_MS);
                        while (read() >= 0) {
                            continue;
                        }
                    } catch (SocketTimeoutException e) {
                        return Long.MAX_VALUE; // it lives on
                    } catch (IOException e) {
                        return System.nanoTime();
                    }
                    return System.nanoTime();
                });
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

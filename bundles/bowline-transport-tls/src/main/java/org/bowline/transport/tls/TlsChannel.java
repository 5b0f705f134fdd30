package org.bowline.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.IpLiteral;
import org.bowline.api.transport.Channel;

/**
 * One TLS connection after its handshake.
 *
 * <p>{@link #close} closes the TCP socket underneath at once: closing the TLS socket would wait
 * behind a writer whose peer reads nothing. So no {@code close_notify} is sent, and the end of the
 * input proves nothing: protocols carry the lengths of what they send.
 */
final class TlsChannel implements Channel {
    /** Bytes per call into TLS: much more in one call makes the platform's cipher slow. */
    private static final int MOST = 64 << 10;

    private final Socket raw;
    private final HostId peer;
    private final byte[] peerKey;
    private final String protocol;
    private final Endpoint remote;
    private final Input input;
    private final Output output;
    private final Consumer<TlsChannel> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param raw what {@code tls} lies on
     * @param tls after its handshake
     * @param whenClosed called once, by whoever closes
     * @throws IOException if the connection has ended meanwhile
     */
    TlsChannel(Socket raw, SSLSocket tls, Consumer<TlsChannel> whenClosed) throws IOException {
        PublicKey key = tls.getSession().getPeerCertificates()[0].getPublicKey();
        this.raw = raw;
        this.whenClosed = whenClosed;
        peer = HostId.of(key);
        peerKey = key.getEncoded();
        protocol = tls.getApplicationProtocol();
        remote = new Endpoint(TlsTransport.NAME, IpLiteral.of(raw.getInetAddress()), raw.getPort());
        input = new Input(tls.getInputStream());
        output = new Output(tls.getOutputStream());
    }

    @Override
    public HostId peer() {
        return peer;
    }

    @Override
    public byte[] peerKey() {
        return peerKey.clone();
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        long millis = timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
        raw.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Deadlines.shut(raw);
            whenClosed.accept(this);
        }
    }

    @Override
    public String toString() {
        return protocol + " with " + peer + " at " + remote;
    }

    private void requireOpen() throws IOException {
        if (closed.get()) {
            throw new IOException("the channel " + this + " is closed");
        }
    }

    private final class Input extends InputStream {
        private final InputStream tls;

        Input(InputStream tls) {
            this.tls = tls;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            requireOpen();
            try {
                int count = tls.read(into, offset, Math.min(length, MOST));
                if (count < 0) {
                    requireOpen();
                }
                return count;
            } catch (SSLHandshakeException e) {
                IOException refusal = PinnedPeer.refusal(peer, protocol);
                refusal.initCause(e);
                throw refusal;
            }
        }

        @Override
        public int available() throws IOException {
            requireOpen();
            return tls.available();
        }

        @Override
        public void close() {
            TlsChannel.this.close();
        }
    }

    private final class Output extends OutputStream {
        private final OutputStream tls;

        Output(OutputStream tls) {
            this.tls = tls;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += MOST) {
                requireOpen();
                tls.write(from, offset + done, Math.min(MOST, length - done));
            }
        }

        @Override
        public void flush() throws IOException {
            requireOpen();
            tls.flush();
        }

        @Override
        public void close() {
            TlsChannel.this.close();
        }
    }
}

package org.bowline.transport.tls;

import java.net.Socket;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * Lets one judge decide by the peer's key and the protocol alone, inside the handshake. Issuers,
 * names and dates of certificates mean nothing: it is the <em>extended</em> kind of trust manager
 * because JSSE adds checks of its own to the other kind.
 *
 * <p>It also ends the session that is being made: a session that is no longer valid is never put
 * into a ticket, and a resumed handshake would never come here (a removed peer would be back).
 */
final class PeerCheck extends X509ExtendedTrustManager {
    private static final int P256_BITS = 256;

    private final Judge judge;

    PeerCheck(Judge judge) {
        this.judge = judge;
    }

    /** Says whether the handshake may go on. */
    interface Judge {
        /**
         * Called once per handshake, before the peer has proven that it owns the key.
         *
         * @param protocol as agreed by ALPN
         * @throws CertificateException if not; the handshake ends
         */
        void judge(HostId peer, String protocol) throws CertificateException;
    }

    /**
     * The one key the peer shows.
     *
     * @throws CertificateException if it is no P-256 key, which no host of ours has
     */
    static PublicKey key(X509Certificate[] chain) throws CertificateException {
        PublicKey key = chain[0].getPublicKey();
        if (!(key instanceof ECPublicKey ec)
                || ec.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            throw new CertificateException(
                    "the peer's key is " + key.getAlgorithm() + ", not P-256");
        }
        return key;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        check(chain, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        check(chain, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeApplicationProtocol(), engine.getHandshakeSession());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeApplicationProtocol(), engine.getHandshakeSession());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("no handshake to judge");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("no handshake to judge");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void check(X509Certificate[] chain, Socket socket) throws CertificateException {
        SSLSocket tls = (SSLSocket) socket;
        check(chain, tls.getHandshakeApplicationProtocol(), tls.getHandshakeSession());
    }

    private void check(X509Certificate[] chain, @Nullable String protocol, SSLSession session)
            throws CertificateException {
        session.invalidate();
        if (protocol == null || protocol.isEmpty()) {
            throw new CertificateException("the peer names no protocol (ALPN)");
        }
        judge.judge(HostId.of(key(chain)), protocol);
    }
}

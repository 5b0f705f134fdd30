package org.bowline.transport.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which Bowline speaks TLS: version 1.3 (RFC 8446), AES-GCM, both sides prove a key,
 * the protocol is named by ALPN (RFC 7301).
 */
final class Profile {
    private static final String VERSION = "TLSv1.3";
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
    private static final Pattern PROTOCOL = Pattern.compile("[a-z][a-z0-9-]{0,30}/[1-9]\\d{0,3}");

    private final KeyManager[] key;

    Profile(Identity identity) {
        key = new KeyManager[] {new OwnKey(identity)};
    }

    /** A context that lets in whom trust lets in, for the protocol that it asks for. */
    SSLContext forMembers(Trust trust) {
        return context(
                (peer, protocol) -> {
                    if (!trust.mayOpen(peer, protocol)) {
                        throw new CertificateException(peer + " may not open " + protocol);
                    }
                });
    }

    /** A context for one dial: nothing of an earlier one can be resumed with it. */
    SSLContext forOne(PinnedPeer pinned) {
        return context(pinned);
    }

    private SSLContext context(PeerCheck.Judge judge) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(key, new TrustManager[] {new PeerCheck(judge)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 11 on has " + VERSION, e);
        }
    }

    /** Of the side that dials. */
    static SSLParameters dialling(String protocol) {
        SSLParameters parameters = new SSLParameters(SUITES, new String[] {VERSION});
        parameters.setApplicationProtocols(new String[] {protocol});
        return parameters;
    }

    /** Of the side that accepts; its protocol is chosen by {@link #choose}. */
    static SSLParameters accepting() {
        SSLParameters parameters = new SSLParameters(SUITES, new String[] {VERSION});
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** The protocol asked for; null, which ends the handshake, unless it is exactly one. */
    static @Nullable String choose(List<String> offered) {
        return offered.size() == 1 && isProtocol(offered.get(0)) ? offered.get(0) : null;
    }

    /** Whether that can be the name of a protocol, such as {@code feed/1}. */
    static boolean isProtocol(String name) {
        return PROTOCOL.matcher(name).matches();
    }
}

package org.bowline.transport.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bowline.api.identity.Identity;
import org.jspecify.annotations.Nullable;

/** This host's one key, shown to whoever asks. */
final class OwnKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "bowline";
    private static final String KIND = "EC";

    private final Identity identity;

    OwnKey(Identity identity) {
        this.identity = identity;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {identity.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return KIND.equals(kind) ? new String[] {ALIAS} : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return KIND.equals(kind) ? new String[] {ALIAS} : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return List.of(kinds).contains(KIND) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return KIND.equals(kind) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] kinds, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(kinds, issuers, null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String kind, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseServerAlias(kind, issuers, null);
    }
}

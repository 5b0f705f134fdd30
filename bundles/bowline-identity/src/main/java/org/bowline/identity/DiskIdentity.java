package org.bowline.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This host's key under {@code data/identity}, made at the first start. */
@Component
public final class DiskIdentity implements Identity {
    private static final Logger LOG = LoggerFactory.getLogger(DiskIdentity.class);
    private static final String KEY = "host.key";
    private static final String CERTIFICATE = "host.crt";

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final HostId id;

    @Activate
    public DiskIdentity(BundleContext context) throws IOException {
        this(Places.of(context).data());
    }

    /**
     * @param data the agent's data directory
     * @throws IOException if the key is damaged or readable by others
     */
    public DiskIdentity(Path data) throws IOException {
        PrivateDirectory directory = PrivateDirectory.open(data.resolve("identity"));
        Optional<byte[]> stored = directory.read(KEY);
        if (stored.isEmpty()) {
            refuseHalfAnIdentity(directory);
            make(directory);
        }
        try {
            key = privateKey(directory.read(KEY).orElseThrow());
            certificate = certificate(directory);
            refuseForeignCertificate(directory);
        } catch (GeneralSecurityException e) {
            throw new IOException(damaged(directory.resolve(KEY)), e);
        }
        id = HostId.of(certificate.getPublicKey());
        if (stored.isEmpty()) {
            LOG.info("This host is new; its id is {}", id);
        }
    }

    @Override
    public HostId id() {
        return id;
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public PrivateKey privateKey() {
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the host key cannot sign", e);
        }
    }

    /** The certificate goes first, so that a key on disk always has its certificate. */
    private static void make(PrivateDirectory directory) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            directory.write(CERTIFICATE, SelfSignedCertificate.around(keys));
            directory.write(KEY, keys.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot make a P-256 key", e);
        }
    }

    private static void refuseHalfAnIdentity(PrivateDirectory directory) throws IOException {
        if (directory.has(DiskTrust.FILE)) {
            throw new IOException(damaged(directory.resolve(KEY)));
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static X509Certificate certificate(PrivateDirectory directory)
            throws IOException, GeneralSecurityException {
        byte[] der =
                directory
                        .read(CERTIFICATE)
                        .orElseThrow(
                                () -> new IOException(damaged(directory.resolve(CERTIFICATE))));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private void refuseForeignCertificate(PrivateDirectory directory)
            throws IOException, GeneralSecurityException {
        byte[] probe = "bowline".getBytes(StandardCharsets.US_ASCII);
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(certificate.getPublicKey());
        check.update(probe);
        if (!check.verify(sign(probe))) {
            throw new IOException(damaged(directory.resolve(CERTIFICATE)));
        }
    }

    private static String damaged(Path file) {
        return file
                + " is missing or damaged: restore the identity directory from a backup, or remove"
                + " the whole data directory to start as a new host";
    }
}

package org.bowline.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.TrustedHost;

/** A fresh P-256 key that never touches a disk, with a real certificate around it. */
public final class TestIdentity implements Identity {
    private static final byte[] ECDSA_SHA256 = {
        0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
    };

    private final KeyPair keys;
    private final HostId id;
    private final X509Certificate certificate;

    public TestIdentity() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            id = HostId.of(keys.getPublic());
            certificate = selfSigned();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
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
        return keys.getPrivate();
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with a fresh key failed", e);
        }
    }

    /** The public key, DER SubjectPublicKeyInfo in base64. */
    public String key() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** This host as a member of a group, dialled at these endpoints. */
    public TrustedHost trusted(Endpoint... endpoints) {
        return new TrustedHost(id, key(), List.of(endpoints));
    }

    private X509Certificate selfSigned() throws GeneralSecurityException {
        byte[] name = name(id.value());
        byte[] validity =
                sequence(
                        tagged(0x17, "000101000000Z".getBytes(StandardCharsets.US_ASCII)),
                        tagged(0x18, "99991231235959Z".getBytes(StandardCharsets.US_ASCII)));
        byte[] serial = tagged(0x02, new byte[] {1});
        byte[] body =
                sequence(serial, ECDSA_SHA256, name, validity, name, keys.getPublic().getEncoded());
        byte[] seal = tagged(0x03, concat(new byte[] {0}, sign(body)));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(sequence(body, ECDSA_SHA256, seal)));
    }

    private static byte[] name(String common) {
        byte[] commonName = {0x06, 0x03, 0x55, 0x04, 0x03};
        byte[] text = tagged(0x0c, common.getBytes(StandardCharsets.UTF_8));
        return sequence(tagged(0x31, sequence(commonName, text)));
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concat(parts));
    }

    private static byte[] tagged(int tag, byte[] value) {
        int n = value.length;
        byte[] head =
                n < 0x80
                        ? new byte[] {(byte) tag, (byte) n}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
        return concat(head, value);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

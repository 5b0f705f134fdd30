package org.bowline.itests.hostile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bowline.itests.Agent;
import org.bowline.itests.AnyKey;

/** A key with its certificate, in the hands of somebody who is no agent. */
record HostKey(PrivateKey key, X509Certificate certificate) {
    private static final char[] NO_PASSWORD = new char[0];

    /** A new one, of the kind that agents have. */
    static HostKey fresh() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        return new HostKey(keys.getPrivate(), certificate(selfSigned(keys)));
    }

    /** An agent's own, stolen from its disk. */
    static HostKey stolenFrom(Agent agent) throws GeneralSecurityException, IOException {
        Path identity = agent.base().resolve("data/identity");
        byte[] pkcs8 = Files.readAllBytes(identity.resolve("host.key"));
        return new HostKey(
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                certificate(Files.readAllBytes(identity.resolve("host.crt"))));
    }

    /** The certificate of somebody else, without the key that belongs to it. */
    HostKey behind(X509Certificate other) {
        return new HostKey(key, other);
    }

    /** TLS with this key, that accepts any other. */
    SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("key", key, NO_PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {new AnyKey()}, null);
        return context;
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        InputStream in = new ByteArrayInputStream(der);
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static byte[] selfSigned(KeyPair keys) throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=somebody");
        AlgorithmIdentifier ecdsa = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(1));
        generator.setSignature(ecdsa);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(Instant.parse("2000-01-01T00:00:00Z"))));
        generator.setEndDate(new Time(Date.from(Instant.parse("2049-01-01T00:00:00Z"))));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        TBSCertificate body = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body.getEncoded("DER"));
        return new DERSequence(
                        new org.bouncycastle.asn1.ASN1Encodable[] {
                            body, ecdsa, new DERBitString(signature.sign())
                        })
                .getEncoded();
    }
}

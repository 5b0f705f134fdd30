package org.bowline.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bowline.api.identity.HostId;

/** The wrapper around a host's key. Loaded at the first start only: Bouncy Castle is slow to. */
final class SelfSignedCertificate {
    private static final Date FROM = Date.from(Instant.parse("2000-01-01T00:00:00Z"));
    private static final Date UNTIL = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    private SelfSignedCertificate() {}

    /** A DER certificate that names the host by its id; its dates never decide. */
    static byte[] around(KeyPair keys) throws IOException {
        X500Name name = new X500Name("CN=" + HostId.of(keys.getPublic()));
        try {
            return new JcaX509v3CertificateBuilder(
                            name, BigInteger.ONE, FROM, UNTIL, name, keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IOException("the certificate cannot be signed", e);
        }
    }
}

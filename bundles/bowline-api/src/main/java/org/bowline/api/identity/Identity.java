package org.bowline.api.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who this host is: one ECDSA P-256 key, made at the first start, that lives as long as the data
 * directory.
 *
 * <p>Safe for use by any thread; no call waits.
 */
@ProviderType
public interface Identity {
    /** The name of this host, derived from its public key. */
    HostId id();

    /** A self-signed wrapper around the public key, valid 2000 to 9999: its dates never decide. */
    X509Certificate certificate();

    /** The private key, for a transport's handshake only; it never leaves this process. */
    PrivateKey privateKey();

    /** Signs with SHA256withECDSA (DER). */
    byte[] sign(byte[] message);
}

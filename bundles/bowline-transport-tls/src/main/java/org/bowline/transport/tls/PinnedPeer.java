package org.bowline.transport.tls;

import java.io.IOException;
import java.security.cert.CertificateException;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.WrongKeyException;
import org.jspecify.annotations.Nullable;

/** Judges that the peer of one dial is the one expected, before this host shows its own key. */
final class PinnedPeer implements PeerCheck.Judge {
    /**
     * What JSSE says where a signature does not fit the certificate, which has no class of its own.
     */
    private static final String UNPROVEN = "CertificateVerify";

    private final HostId expected;
    private final String protocol;
    private volatile @Nullable HostId found;

    PinnedPeer(HostId expected, String protocol) {
        this.expected = expected;
        this.protocol = protocol;
    }

    @Override
    public void judge(HostId peer, String agreed) throws CertificateException {
        found = peer;
        if (!peer.equals(expected)) {
            throw new CertificateException("expected " + expected + ", found " + peer);
        }
        if (!agreed.equals(protocol)) {
            throw new CertificateException("asked for " + protocol + ", got " + agreed);
        }
    }

    /** What the failure of this dial means. */
    IOException meaning(IOException failure) {
        HostId peer = found;
        if (peer == null) {
            return failure;
        }
        IOException meaning;
        if (!peer.equals(expected)) {
            meaning = new WrongKeyException(expected, peer);
        } else if (failure.getMessage() != null && failure.getMessage().contains(UNPROVEN)) {
            meaning = new WrongKeyException(expected);
        } else {
            meaning = refusal(peer, protocol);
        }
        meaning.initCause(failure);
        return meaning;
    }

    /** The peer has shown its key, then ended the connection on seeing ours. */
    static IOException refusal(HostId peer, String protocol) {
        return new IOException(peer + " does not let this host open " + protocol);
    }
}

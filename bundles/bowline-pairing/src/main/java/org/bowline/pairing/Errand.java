package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;

/** One question to one host on {@code pair/1}, member or not, and its answer. */
record Errand(Peers peers, HostId host, List<Endpoint> endpoints, Duration limit) {
    static Errand to(Peers peers, HostId host, List<Endpoint> endpoints, Duration limit) {
        return new Errand(peers, host, endpoints, limit);
    }

    /**
     * Asks at the first endpoint that answers.
     *
     * @throws org.bowline.api.RefusedException what the other host refuses with
     * @throws IOException if it cannot be reached, with each endpoint's cause suppressed inside
     */
    <T> T ask(String kind, Object body, String answer, Class<T> type) throws IOException {
        try (PairStream stream = open()) {
            return stream.ask(kind, body, answer, type);
        }
    }

    private PairStream open() throws IOException {
        IOException failed = new IOException("no endpoint of " + host + " answers");
        for (Endpoint endpoint : endpoints) {
            Duration share = limit.dividedBy(endpoints.size());
            if (share.isNegative() || share.isZero()) {
                break;
            }
            try {
                return new PairStream(peers.open(endpoint, host, PairHandler.PROTOCOL, share));
            } catch (IOException e) {
                failed.addSuppressed(e);
            }
        }
        throw failed;
    }
}

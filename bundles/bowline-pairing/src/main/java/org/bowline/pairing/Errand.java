package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/**
 * One question to one host on {@code pair/1}.
 *
 * @param line opens the channel
 */
record Errand(Line line) {
    /** A way to that host. */
    interface Line {
        Channel open() throws IOException;
    }

    /**
     * To a host at these endpoints, member or not.
     *
     * @param limit for dialling all of them
     */
    static Errand to(Ground ground, HostId host, List<Endpoint> endpoints, Duration limit) {
        Dialling dialling = new Dialling(ground, host);
        return new Errand(
                () ->
                        dialling.open(endpoints, limit)
                                .orElseThrow(() -> new IOException(dialling.errors())));
    }

    /** To a member, wherever it was seen last. */
    static Errand toMember(Ground ground, HostId host) {
        return new Errand(() -> ground.peers().open(host, PairHandler.PROTOCOL));
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws org.bowline.api.RefusedException what the other host refuses with
     * @throws IOException if it cannot be reached; the message names each endpoint with its cause
     */
    <T> T ask(String kind, Object body, String answer, Class<T> type) throws IOException {
        try (PairStream stream = new PairStream(line.open())) {
            return stream.ask(kind, body, answer, type);
        }
    }
}

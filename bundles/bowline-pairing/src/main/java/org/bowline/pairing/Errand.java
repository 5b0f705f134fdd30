package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/**
 * One question to one host on {@code pair/1}, member or not.
 *
 * @param endpoints where it is dialled
 * @param limit for dialling all of them
 */
record Errand(Ground ground, HostId host, List<Endpoint> endpoints, Duration limit) {
    /**
     * Asks at the first endpoint that answers.
     *
     * @throws org.bowline.api.RefusedException what the other host refuses with
     * @throws IOException if it cannot be reached; the message names each endpoint with its cause
     */
    <T> T ask(String kind, Object body, String answer, Class<T> type) throws IOException {
        Dialling dialling = new Dialling(ground, host);
        Channel channel =
                dialling.open(endpoints, limit)
                        .orElseThrow(() -> new IOException(dialling.errors()));
        try (PairStream stream = new PairStream(channel)) {
            return stream.ask(kind, body, answer, type);
        }
    }
}

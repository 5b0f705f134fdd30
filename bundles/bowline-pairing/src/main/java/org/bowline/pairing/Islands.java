package org.bowline.pairing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;

/**
 * Which group each host says that it is in: after a takeover some may be in another one.
 *
 * @param heard what every host said last, at one moment
 */
record Islands(Map<HostId, Said> heard) {
    /** What the group says under this key in presence. */
    static final String KEY = "group";

    private static final ObjectMapper JSON = Words.JSON;

    /** One host's group, its generation, and how far it holds what was decided there. */
    record Place(String id, long generation, long revision) {}

    /** Where that host is; empty if it has not said so. */
    static Optional<Place> of(Said said) {
        return said.text(KEY).flatMap(Islands::read);
    }

    private static Optional<Place> read(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, Place.class))
                    .filter(place -> place.id() != null);
        } catch (IOException e) {
            return Optional.empty(); // another release's words: as if it had said nothing
        }
    }

    Optional<Place> of(HostId host) {
        return said(host).flatMap(Islands::of);
    }

    /** Whether that host was heard of lately, and said that it is in that group. */
    boolean follows(HostId host, String group) {
        return reachable(host) && of(host).filter(place -> place.id().equals(group)).isPresent();
    }

    boolean reachable(HostId host) {
        return said(host).filter(Said::reachable).isPresent();
    }

    private Optional<Said> said(HostId host) {
        return Optional.ofNullable(heard.get(host));
    }
}

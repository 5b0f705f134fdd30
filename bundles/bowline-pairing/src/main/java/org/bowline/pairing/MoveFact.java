package org.bowline.pairing;

import java.util.List;
import org.bowline.api.identity.HostId;

/**
 * A value of the slice {@code pairing} at key {@code moved/<host>}: that host has other addresses
 * than before, behind Bowline's back.
 *
 * @param at milliseconds since 1970, by the clock of the leader that wrote it
 */
record MoveFact(HostId host, List<String> from, List<String> to, long at) {
    static final String MOVED = "moved/";

    static String moved(HostId host) {
        return MOVED + host;
    }
}

package org.bowline.pairing;

import org.bowline.api.identity.HostId;

/**
 * A value of the slice {@code pairing}. Key {@code leader/<host>}: that host generates tokens;
 * every admission writes it anew, so that "stop" and "link" cannot both succeed. Key {@code
 * joining/<host>}: admitted, not confirmed yet.
 */
record LinkFact(HostId host) {
    static final String SLICE = "pairing";
    static final String LEADER = "leader/";
    static final String JOINING = "joining/";

    static String leader(HostId host) {
        return LEADER + host;
    }

    static String joining(HostId host) {
        return JOINING + host;
    }
}

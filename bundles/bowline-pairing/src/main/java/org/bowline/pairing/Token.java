package org.bowline.pairing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;

/**
 * What a leader hands to an operator, version 1. The one-time password is a secret: it never
 * crosses the wire, and {@link #toString} hides it.
 *
 * @param addresses 1 to 4 IP literals of the issuer
 * @param ports its port by transport, the preferred one first
 * @param group the group that is joined
 * @param id names the token; no secret
 * @param issuer pins the issuer's key
 * @param otp the one-time password, 128 bits
 */
record Token(
        List<String> addresses,
        Map<String, Integer> ports,
        String group,
        String id,
        HostId issuer,
        byte[] otp) {
    /** Bytes of a one-time password. */
    static final int OTP_LENGTH = 16;

    /** Seconds a token lives. */
    static final int LIFE = 120;

    Token {
        addresses = List.copyOf(addresses);
        ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }

    Token with(List<String> others) {
        return new Token(others, ports, group, id, issuer, otp);
    }

    /** Every way to the issuer, in the order of its addresses. */
    List<Endpoint> endpoints() {
        return addresses.stream()
                .flatMap(
                        ip ->
                                ports.entrySet().stream()
                                        .map(
                                                port ->
                                                        new Endpoint(
                                                                port.getKey(),
                                                                ip,
                                                                port.getValue())))
                .toList();
    }

    @Override
    public String toString() {
        return "token " + id + " of " + issuer;
    }
}

package org.bowline.pairing;

import java.io.IOException;
import org.bowline.api.RefusedException;

/** Speaks the joining side by hand, so that a test can stop half-way or lie. */
final class Joiner {
    private Joiner() {}

    /** Is admitted with that token, and never confirms. */
    static void admittedOnly(Box box, String token) throws IOException {
        try (LeaderCall call = LeaderCall.dial(box.ground(), read(token))) {
            call.hello(false);
            call.prove(java.util.Map.of());
        }
    }

    /** Says hello with that token; throws what it is refused with. */
    static void look(Box box, Token token) throws IOException {
        try (LeaderCall call = LeaderCall.dial(box.ground(), token)) {
            call.hello(true);
        }
    }

    static Token read(String token) throws RefusedException {
        return new TokenText().read(token);
    }

    /** The same token with one bit of its one-time password flipped. */
    static Token flipped(String text) throws RefusedException {
        Token token = read(text);
        byte[] otp = token.otp().clone();
        otp[0] ^= 1;
        return new Token(
                token.addresses(), token.ports(), token.group(), token.id(), token.issuer(), otp);
    }
}

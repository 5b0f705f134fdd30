package org.bowline.api.pairing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The token that a leader shows now. It is a secret: it never stands in a log, and {@link
 * #toString} hides it.
 *
 * @param text what is pasted, base64
 * @param addresses the IP literals inside
 * @param expiresAt by this host's wall clock, for display
 * @param left until it expires, by this host's monotonic clock
 */
public record TokenView(
        String text, List<String> addresses, Instant expiresAt, @JsonIgnore Duration left) {
    public TokenView {
        addresses = List.copyOf(addresses);
    }

    /** Seconds until it expires. */
    @JsonProperty
    public double leftSeconds() {
        return left.toMillis() / 1000.0;
    }

    @Override
    public String toString() {
        return "token[hidden, left=" + left + "]";
    }
}

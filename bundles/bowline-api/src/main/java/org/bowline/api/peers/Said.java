package org.bowline.api.peers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one host said of itself.
 *
 * @param bootId of the agent that said it
 * @param values by key; do not change the arrays
 * @param age since it was last heard of, by whoever heard it
 * @param reachable what the leaders judge: false after missed beats, true again after steady ones
 */
public record Said(String bootId, Map<String, byte[]> values, Duration age, boolean reachable) {
    public Said {
        values = Map.copyOf(values);
    }

    /** The value of that key as UTF-8 text. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}

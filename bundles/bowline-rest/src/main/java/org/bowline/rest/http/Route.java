package org.bowline.rest.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One verb on one path, and who may use it: a route without a role cannot be written.
 *
 * @param method such as {@code GET}, which also serves {@code HEAD}
 * @param path below {@code /api/v1}, with names in braces: {@code /hosts/{id}}
 * @param role the least that a caller needs
 * @param act answers it
 * @param dryRuns whether {@code ?dryRun=true} is understood; elsewhere it is refused, never ignored
 */
public record Route(String method, String path, Role role, Act act, boolean dryRuns) {
    /** Answers one request. */
    @FunctionalInterface
    public interface Act {
        /**
         * May wait for rooms and disks.
         *
         * @throws org.bowline.api.RefusedException is answered as its problem
         */
        void on(Exchange exchange) throws IOException, ServletException;
    }

    /** A route that understands no dry run. */
    public static Route of(String method, String path, Role role, Act act) {
        return new Route(method, path, role, act, false);
    }

    /** The same, understanding {@code ?dryRun=true}. */
    public Route withDryRun() {
        return new Route(method, path, role, act, true);
    }

    /** The values of the names in braces; empty if this is another path. */
    Optional<Map<String, String>> match(String[] asked) {
        String[] parts = path.substring(1).split("/");
        if (parts.length != asked.length) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                values.put(parts[i].substring(1, parts[i].length() - 1), asked[i]);
            } else if (!parts[i].equals(asked[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Whether it answers that verb. */
    boolean takes(String verb) {
        return method.equals(verb) || verb.equals("HEAD") && method.equals("GET");
    }
}

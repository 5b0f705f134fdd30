package org.bowline.rest.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.PrivateFile;
import org.bowline.rest.http.Role;

/**
 * What scripts sign in with: those that the operator provisioned, and those that an admin made.
 * Kept as SHA-256 with role and expiry, host-local. Safe for use by any thread.
 */
final class ApiTokens {
    /** What every token made here begins with, so that leaked ones are found. */
    static final String PREFIX = "bowline_";

    private static final int MAX = 200;
    private static final int ID_LENGTH = 12;

    /**
     * One token.
     *
     * @param name what an admin calls it
     * @param role what it may do
     * @param sha256 of its text, as hex
     * @param expiresAt by this host's clock; empty if it does not
     */
    record ApiToken(String name, Role role, String sha256, Optional<Instant> expiresAt) {
        ApiToken {
            if (name.isBlank() || name.length() > User.MAX_NAME) {
                throw new IllegalArgumentException(
                        "token name of " + name.length() + " characters, expected 1 to 64");
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("token " + name + " without a SHA-256");
            }
        }

        /** Names it without telling it. */
        String id() {
            return sha256.substring(0, ID_LENGTH);
        }

        /** One line of configuration: name, role and SHA-256 in hex. */
        static ApiToken ofLine(String line) {
            String[] parts = line.strip().split(" ");
            if (parts.length != 3) {
                throw new IllegalArgumentException("API token, expected: name role sha256");
            }
            return new ApiToken(parts[0], Role.ofWord(parts[1]), parts[2], Optional.empty());
        }
    }

    private final PrivateFile file;
    private final Clock clock;
    private final List<ApiToken> provisioned;

    private volatile List<ApiToken> own; // written under this

    ApiTokens(PrivateFile file, Clock clock, List<ApiToken> provisioned) throws IOException {
        this.file = file;
        this.clock = clock;
        this.provisioned = List.copyOf(provisioned);
        Optional<byte[]> stored = file.read();
        this.own =
                stored.isPresent()
                        ? List.of(Json.mapper().readValue(stored.get(), ApiToken[].class))
                        : List.of();
    }

    /** The token of that text, if it is good now. */
    Optional<ApiToken> check(String text) {
        String hash = Secrets.sha256(text);
        return all().stream().filter(token -> Secrets.same(token.sha256(), hash)).findFirst();
    }

    /** The moment that lies so far ahead, by this host's clock. */
    Instant after(Duration life) {
        return clock.instant().plus(life);
    }

    /** Whether that token is still good. */
    boolean alive(ApiToken token) {
        return all().contains(token);
    }

    /** Those that are good now. */
    List<ApiToken> all() {
        Instant now = clock.instant();
        List<ApiToken> all = new ArrayList<>(provisioned);
        all.addAll(own);
        all.removeIf(token -> token.expiresAt().map(end -> !end.isAfter(now)).orElse(false));
        return all;
    }

    /**
     * Makes a token.
     *
     * @return its text, which is kept nowhere
     */
    synchronized String make(String name, Role role, Optional<Instant> expiresAt)
            throws IOException {
        List<ApiToken> next = new ArrayList<>(all());
        next.removeAll(provisioned);
        if (next.size() >= MAX) {
            throw new RefusedException(
                    Refusal.REQUEST_INVALID, "There are " + MAX + " tokens; take some away first");
        }
        String text = PREFIX + Secrets.random();
        next.add(new ApiToken(name, role, Secrets.sha256(text), expiresAt));
        save(next);
        return text;
    }

    /**
     * Takes a token away.
     *
     * @throws RefusedException {@code NOT_FOUND}; {@code REQUEST_INVALID} for a provisioned one
     */
    synchronized void remove(String id) throws IOException {
        if (provisioned.stream().anyMatch(token -> token.id().equals(id))) {
            throw new RefusedException(
                    Refusal.REQUEST_INVALID, "It stands in etc/bowline.yaml; take it away there");
        }
        List<ApiToken> next = new ArrayList<>(own);
        if (!next.removeIf(token -> token.id().equals(id))) {
            throw new RefusedException(Refusal.NOT_FOUND, "No API token has the id " + id);
        }
        save(next);
    }

    private void save(List<ApiToken> next) throws IOException {
        file.write(Json.bytes(next));
        own = List.copyOf(next);
    }
}

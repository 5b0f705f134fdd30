package org.bowline.rest.auth;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bowline.rest.http.Role;

/**
 * Who is signed in. Kept in memory alone: a restart signs everybody out. A session ends after 15
 * minutes without a request and after 8 hours in any case, by the monotonic clock. Safe for use by
 * any thread.
 */
final class Sessions {
    static final Duration IDLE = Duration.ofMinutes(15);
    static final Duration ABSOLUTE = Duration.ofHours(8);
    private static final int MAX = 1000; // the oldest gives way

    /** One browser that is signed in; {@code csrf} proves that a request comes from its page. */
    static final class Session {
        final String user;
        final Role role;
        final String csrf = Secrets.random();
        private final String key;
        private final long began;
        private volatile long used;

        private Session(String key, String user, Role role, long now) {
            this.key = key;
            this.user = user;
            this.role = role;
            this.began = now;
            this.used = now;
        }
    }

    private final LongSupplier nanos;
    private final Map<String, Session> byHash = new LinkedHashMap<>(); // guarded by this

    Sessions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Begins a session.
     *
     * @return the secret for the cookie; only its hash is kept
     */
    synchronized String begin(User user) {
        drop();
        String secret = Secrets.random();
        String key = Secrets.sha256(secret);
        byHash.put(key, new Session(key, user.name(), user.role(), nanos.getAsLong()));
        return secret;
    }

    /** The session of that secret; using it keeps it from idling out. */
    synchronized Optional<Session> use(String secret) {
        Session session = byHash.get(Secrets.sha256(secret));
        if (session == null || !alive(session)) {
            return Optional.empty();
        }
        session.used = nanos.getAsLong();
        return Optional.of(session);
    }

    /** Whether that session is still good, without using it. */
    synchronized boolean alive(Session session) {
        long now = nanos.getAsLong();
        boolean good =
                now - session.used < IDLE.toNanos() && now - session.began < ABSOLUTE.toNanos();
        if (!good) {
            byHash.remove(session.key);
        }
        return byHash.containsKey(session.key);
    }

    /** Signs out, and tells whom; empty if nobody was signed in by that secret. */
    synchronized Optional<String> end(String secret) {
        return Optional.ofNullable(byHash.remove(Secrets.sha256(secret)))
                .map(session -> session.user);
    }

    private void drop() {
        for (Session session : byHash.values().toArray(Session[]::new)) {
            alive(session);
        }
        Iterator<Session> oldest = byHash.values().iterator();
        for (int over = byHash.size() - MAX; over >= 0 && oldest.hasNext(); over--) {
            oldest.next();
            oldest.remove();
        }
    }
}

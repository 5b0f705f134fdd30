package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.bowline.api.peers.Presence;
import org.jspecify.annotations.Nullable;

/**
 * Tells every host which group this one is in and how far it is, under the key {@code group}: so
 * islands are seen. Used by one thread at a time.
 */
final class Announcement {
    private static final String KEY = "group";
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    /** What is said, as JSON. */
    private record Where(String id, long generation, long revision) {}

    private final ObjectMapper json;
    private final Presence presence;
    private final LongSupplier nanos;
    private @Nullable Where said;
    private long saidAt;

    Announcement(ObjectMapper json, Presence presence, LongSupplier nanos) {
        this.json = json;
        this.presence = presence;
        this.nanos = nanos;
    }

    /** Says it if it is news; a revision alone at most once a second. */
    void say(Membership now) throws IOException {
        Current current = now.current();
        Where where = new Where(current.group(), current.generation(), now.state().revision());
        Where before = said;
        if (where.equals(before)) {
            return;
        }
        long time = nanos.getAsLong();
        if (before == null || !before.id().equals(where.id()) || time - saidAt > PAUSE) {
            presence.say(KEY, json.writeValueAsBytes(where));
            said = where;
            saidAt = time;
        }
    }
}

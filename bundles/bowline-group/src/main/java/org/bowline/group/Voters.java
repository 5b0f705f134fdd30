package org.bowline.group;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bowline.api.group.Change;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.State;
import org.bowline.group.state.Stored;
import org.jspecify.annotations.Nullable;

/**
 * The group's own slice, {@code group}: under {@code wanted} the hosts that are to be voters, under
 * {@code voters} those that are, as the leader last settled it, both JSON lists of host ids; under
 * {@code origin} the takeover by which the group came to be, if it was not founded.
 */
final class Voters {
    static final String SLICE = "group";
    private static final String WANTED = "wanted";
    private static final String SETTLED = "voters";
    private static final String ORIGIN = "origin";

    /** What was read last of one key: it is asked for far more often than it changes. */
    private final class Reading<T> {
        private record Read<T>(Stored from, Optional<T> value) {}

        private final String key;
        private final TypeReference<T> type;
        private volatile @Nullable Read<T> last;

        Reading(String key, TypeReference<T> type) {
            this.key = key;
            this.type = type;
        }

        Optional<T> in(State state) {
            Stored stored = state.slice(SLICE).get(key);
            if (stored == null) {
                return Optional.empty();
            }
            Read<T> known = last;
            if (known == null || known.from() != stored) {
                known = new Read<>(stored, read(stored));
                last = known;
            }
            return known.value();
        }

        private Optional<T> read(Stored stored) {
            try {
                return Optional.of(json.readValue(stored.value(), type));
            } catch (IOException e) {
                return Optional.empty(); // written by a later release: keep to what is known
            }
        }
    }

    private final ObjectMapper json;
    private final Reading<Set<HostId>> wanted = new Reading<>(WANTED, new TypeReference<>() {});
    private final Reading<Set<HostId>> settled = new Reading<>(SETTLED, new TypeReference<>() {});
    private final Reading<Takeover> origin = new Reading<>(ORIGIN, new TypeReference<>() {});

    Voters(ObjectMapper json) {
        this.json = json;
    }

    /** Who is to be a voter; empty if nobody said so yet. */
    Optional<Set<HostId>> wanted(State state) {
        return wanted.in(state).map(Collections::unmodifiableSet);
    }

    /** Who is a voter, as far as the log says; empty before the first entry. */
    Optional<Set<HostId>> settled(State state) {
        return settled.in(state).map(Collections::unmodifiableSet);
    }

    Change want(Set<HostId> voters) {
        return put(WANTED, voters);
    }

    Change settle(Set<HostId> voters) {
        return put(SETTLED, voters);
    }

    /** What the new group of a takeover begins with: its founder votes, alone. */
    List<Change> succeed(Takeover takeover) {
        return List.of(
                settle(Set.of(takeover.by())),
                new Change.Remove(SLICE, WANTED),
                put(ORIGIN, takeover));
    }

    /** How that group came to be, as far as the log says. */
    Optional<Takeover> origin(State state) {
        return origin.in(state);
    }

    private Change put(String key, Set<HostId> voters) {
        return put(key, (Object) new TreeSet<>(voters));
    }

    private Change put(String key, Object value) {
        try {
            return new Change.Put(SLICE, key, json.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

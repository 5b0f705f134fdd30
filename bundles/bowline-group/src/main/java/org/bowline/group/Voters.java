package org.bowline.group;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bowline.api.group.Change;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.State;
import org.bowline.group.state.Stored;

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

    private final ObjectMapper json;

    Voters(ObjectMapper json) {
        this.json = json;
    }

    /** Who is to be a voter; empty if nobody said so yet. */
    Optional<Set<HostId>> wanted(State state) {
        return read(state, WANTED);
    }

    /** Who is a voter, as far as the log says; empty before the first entry. */
    Optional<Set<HostId>> settled(State state) {
        return read(state, SETTLED);
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
        return read(state, ORIGIN, new TypeReference<>() {});
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

    private Optional<Set<HostId>> read(State state, String key) {
        return read(state, key, new TypeReference<>() {});
    }

    private <T> Optional<T> read(State state, String key, TypeReference<T> type) {
        Stored stored = state.slice(SLICE).get(key);
        if (stored == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(stored.value(), type));
        } catch (IOException e) {
            return Optional.empty(); // written by a later release: keep to what is known
        }
    }
}

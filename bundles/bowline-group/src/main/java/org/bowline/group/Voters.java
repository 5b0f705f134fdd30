package org.bowline.group;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bowline.api.group.Change;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.State;
import org.bowline.group.state.Stored;

/**
 * The group's own slice, {@code group}: under {@code wanted} the hosts that are to be voters, under
 * {@code voters} those that are, as the leader last settled it. Both are JSON lists of host ids.
 */
final class Voters {
    static final String SLICE = "group";
    private static final String WANTED = "wanted";
    private static final String SETTLED = "voters";

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

    private Change put(String key, Set<HostId> voters) {
        try {
            return new Change.Put(SLICE, key, json.writeValueAsBytes(new TreeSet<>(voters)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Set<HostId>> read(State state, String key) {
        Stored stored = state.slice(SLICE).get(key);
        if (stored == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(stored.value(), new TypeReference<>() {}));
        } catch (IOException e) {
            return Optional.empty(); // written by a later release: keep to what is known
        }
    }
}

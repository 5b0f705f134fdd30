package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.EntryBody;
import org.bowline.group.state.Json;
import org.bowline.group.state.State;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class VotersTest {
    private final HostId a = new TestIdentity().id();
    private final HostId b = new TestIdentity().id();
    private final Voters voters = new Voters(Json.mapper());

    private State after(State state, Change change) {
        return state.apply(
                        new EntryBody(Actor.SYSTEM, a, Instant.EPOCH, List.of(change), List.of()))
                .orElseThrow();
    }

    @Test
    void saysWhatEachStateSaysWhicheverIsAskedFirst() {
        State one = after(State.EMPTY, voters.settle(Set.of(a)));
        State two = after(one, voters.settle(Set.of(a, b)));
        State gone = after(two, new Change.Remove(Voters.SLICE, "voters"));

        for (int i = 0; i < 2; i++) {
            assertThat(voters.settled(State.EMPTY)).isEmpty();
            assertThat(voters.settled(two)).contains(Set.of(a, b));
            assertThat(voters.settled(one)).contains(Set.of(a));
            assertThat(voters.settled(gone)).isEmpty();
            assertThat(voters.wanted(two)).isEmpty();
        }
    }

    @Test
    void whatALaterReleaseWroteIsLeftOut() {
        byte[] other = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        State later = after(State.EMPTY, new Change.Put(Voters.SLICE, "wanted", other));

        assertThat(voters.wanted(later)).isEmpty();
        assertThat(voters.wanted(after(later, voters.want(Set.of(b))))).contains(Set.of(b));
    }
}

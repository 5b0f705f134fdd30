package org.bowline.group.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));

    private static EntryBody entry(List<Precondition> preconditions, Change... changes) {
        return new EntryBody(
                new Actor("anna", "rest"),
                A,
                Instant.ofEpochMilli(1),
                Arrays.asList(changes),
                preconditions);
    }

    private static State after(State state, Change... changes) {
        return state.apply(entry(List.of(), changes)).orElseThrow();
    }

    private static Change.Put put(String key, String value) {
        return new Change.Put("notes", key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Member member(HostId id) {
        return new Member(id, "key of " + id, TestHost.linkableFacts("host"), 0);
    }

    @Test
    void anEntryIsAppliedAsAWholeOrNotAtAll() {
        State one = after(State.EMPTY, put("x", "1"));
        Precondition stale = new Precondition("notes", "x", 2);
        Precondition fresh = new Precondition("notes", "x", 1);
        Precondition absent = new Precondition("other", "x", Precondition.ABSENT);

        Optional<State> refused =
                one.apply(entry(List.of(fresh, stale), put("y", "1"), put("x", "2")));
        Optional<State> done =
                one.apply(entry(List.of(fresh, absent), put("y", "1"), put("x", "2")));

        assertThat(refused).isEmpty();
        assertThat(done.orElseThrow().revision()).isEqualTo(2);
        assertThat(done.orElseThrow().slice("notes").get("x").revision()).isEqualTo(2);
        assertThat(one.slice("notes").get("y")).isNull();
    }

    @Test
    void whatWasTakenAwayIsAbsentAgain() {
        State state = after(State.EMPTY, put("x", "1"));

        State without = after(state, new Change.Remove("notes", "x"));

        assertThat(without.slice("notes").size()).isZero();
        assertThat(without.apply(entry(List.of(new Precondition("notes", "x", 0)), put("x", "2"))))
                .isPresent();
    }

    @Test
    void theRevisionOfTheAdmissionIsTheLink() {
        State state = after(after(State.EMPTY, put("x", "1")), new Change.Admit(member(B)));

        assertThat(state.members().get(B.value()).link()).isEqualTo(2);
        assertThat(state.apply(entry(List.of(new Precondition("members", B.value(), 2)))))
                .isPresent();
        assertThat(state.apply(entry(List.of(new Precondition("members", B.value(), 0)))))
                .isEmpty();
    }

    @Test
    void aDescriptionKeepsLinkAndKey() {
        State state = after(State.EMPTY, new Change.Admit(member(B)));
        Member renamed = new Member(B, "key of " + B, TestHost.linkableFacts("renamed"), 9);
        Member forged = new Member(B, "another key", TestHost.linkableFacts("forged"), 9);

        State described = after(state, new Change.Describe(renamed), new Change.Describe(forged));

        assertThat(described.members().get(B.value()))
                .isEqualTo(new Member(B, "key of " + B, TestHost.linkableFacts("renamed"), 1));
        assertThat(after(State.EMPTY, new Change.Describe(renamed)).members().size()).isZero();
    }

    @Test
    void onlyAnExpulsionFromThisLinkHits() {
        State state = after(State.EMPTY, new Change.Admit(member(B)));

        assertThat(after(state, new Change.Expel(B, 7)).has(B)).isTrue();
        State without = after(state, new Change.Expel(B, 1));
        assertThat(without.has(B)).isFalse();
        assertThat(without.out().get(B.value())).isEqualTo(2);
        assertThat(after(without, new Change.Admit(member(B))).out().get(B.value())).isNull();
    }

    @Test
    void remembersOnlyTheNewestThatAreOut() {
        State state = State.EMPTY;
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i <= State.MOST_OUT; i++) {
            HostId id = id(i);
            changes.add(new Change.Admit(member(id)));
            state = after(state, new Change.Admit(member(id)), new Change.Expel(id, 0));
        }

        assertThat(state.out().size()).isEqualTo(State.MOST_OUT);
        assertThat(state.out().get(id(0).value())).isNull();
        assertThat(state.out().get(id(State.MOST_OUT).value())).isEqualTo(State.MOST_OUT + 1L);
    }

    private static HostId id(int number) {
        StringBuilder id = new StringBuilder();
        for (int n = number; id.length() < 26; n /= 26) {
            id.append((char) ('a' + n % 26));
        }
        return new HostId(id.toString());
    }
}

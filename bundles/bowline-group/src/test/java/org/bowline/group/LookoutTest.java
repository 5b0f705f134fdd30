package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.Ordered;
import org.bowline.group.state.State;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private static final HostId SELF = new HostId("s".repeat(26));
    private static final HostId OTHER = id(0);

    private final MemoryPresence.Board board = new MemoryPresence.Board();
    private final Set<HostId> fed = new HashSet<>();
    private long seconds;
    private final Lookout lookout =
            new Lookout(
                    SELF,
                    new MemoryPresence(board, SELF, "boot"),
                    () -> fed,
                    () -> Duration.ofSeconds(seconds).toNanos());

    private static HostId id(int number) {
        char[] letters = "a".repeat(26).toCharArray();
        letters[0] += (char) (number / 26);
        letters[1] += (char) (number % 26);
        return new HostId(new String(letters));
    }

    private static State of(HostId... hosts) {
        Ordered<Member> members = Ordered.empty();
        for (HostId host : hosts) {
            members =
                    members.put(
                            host.value(),
                            new Member(host, "S0VZ", TestHost.linkableFacts("host"), 1));
        }
        return new State(9, Ordered.empty(), members, Ordered.empty());
    }

    private Set<HostId> after(int passed, State state) {
        Set<HostId> sought = lookout.sought(state, false);
        for (int i = 0; i < passed; i++) {
            seconds++;
            sought = lookout.sought(state, false);
        }
        return sought;
    }

    @Test
    void seeksWhomNobodyHeardForSomeSeconds() {
        assertThat(after(5, of(SELF, OTHER))).isEmpty();
        assertThat(after(1, of(SELF, OTHER))).containsExactly(OTHER);
    }

    @Test
    void leavesThemAloneThatAreHeardOrFed() {
        HostId heard = id(1);
        new MemoryPresence(board, heard, "boot").say("k", "v".getBytes(StandardCharsets.UTF_8));
        fed.add(OTHER);

        assertThat(after(20, of(SELF, OTHER, heard))).isEmpty();
    }

    @Test
    void goesOnUntilTheOtherHasFoundThisHost() {
        State state = of(SELF, OTHER);
        assertThat(after(6, state)).containsExactly(OTHER);

        new MemoryPresence(board, OTHER, "boot");
        assertThat(after(30, state)).containsExactly(OTHER); // heard, by the channel dialled

        fed.add(OTHER);
        assertThat(after(1, state)).isEmpty();
    }

    @Test
    void seeksWhoBecameUnreachable() {
        State state = of(SELF, OTHER);
        new MemoryPresence(board, OTHER, "boot");
        assertThat(after(9, state)).isEmpty();

        board.reachable(OTHER, false);

        assertThat(after(7, state)).containsExactly(OTHER);
        board.reachable(OTHER, true);
        seconds++;
        assertThat(lookout.sought(state, true)).isEmpty(); // another leader may feed it
    }

    @Test
    void seeksManyAFewAtATimeAndEachInItsTurn() {
        List<HostId> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(id(i));
        }
        State state = of(many.toArray(HostId[]::new));
        Set<HostId> seen = new HashSet<>();

        for (int i = 0; i < 300; i++) {
            Set<HostId> sought = after(1, state);
            assertThat(sought).hasSizeLessThanOrEqualTo(Lookout.MOST);
            seen.addAll(sought);
        }

        assertThat(seen).containsAll(many);
    }
}

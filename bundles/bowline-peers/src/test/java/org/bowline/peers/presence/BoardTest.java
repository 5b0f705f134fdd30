package org.bowline.peers.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** Hosts whose time a test turns; {@code tell} carries what one has to say to another. */
class BoardTest {
    private static final HostId A = new TestIdentity().id();
    private static final HostId B = new TestIdentity().id();
    private static final HostId F = new TestIdentity().id();
    private static final HostId G = new TestIdentity().id();

    private final AtomicLong clock = new AtomicLong(1);

    @Test
    void fiveSecondsWithoutAWordMakeAHostUnreachable() throws IOException {
        Board leader = board(A);
        leader.arrange(Set.of(), Set.of(), true);
        Board follower = board(F);
        Voice voice = leader.join(F);
        beats(10, follower, leader);
        tell(follower, leader, voice);

        beats(5, leader);
        assertThat(leader.heard().get(F).reachable()).isTrue();
        beats(1, leader);

        assertThat(leader.heard().get(F).reachable()).isFalse();
        assertThat(leader.heard().get(F).age()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void threeSteadyBeatsMakeItReachableAgain() throws IOException {
        Board leader = board(A);
        leader.arrange(Set.of(), Set.of(), true);
        Board follower = board(F);
        Voice voice = leader.join(F);
        tell(follower, leader, voice);
        beats(10, leader, follower);

        for (int lonely = 0; lonely < 5; lonely++) {
            beats(4, leader, follower);
            tell(follower, leader, voice);
            tell(follower, leader, voice); // twice the same beat is one
            assertThat(leader.heard().get(F).reachable()).isFalse();
        }
        for (int steady = 2; steady <= 3; steady++) {
            beats(1, leader, follower);
            tell(follower, leader, voice);
            assertThat(leader.heard().get(F).reachable()).isEqualTo(steady == 3);
        }
    }

    @Test
    void aHostThatSleptDoesNotBlameTheOthers() throws IOException {
        Board leader = board(A);
        leader.arrange(Set.of(), Set.of(), true);
        Board follower = board(F);
        Voice voice = leader.join(F);
        tell(follower, leader, voice);

        clock.addAndGet(Duration.ofMinutes(10).toNanos());
        leader.beat();

        assertThat(leader.heard().get(F).reachable()).isTrue();
        beats(6, leader);
        assertThat(leader.heard().get(F).reachable()).isFalse();
    }

    @Test
    void nobodyButALeaderSpeaksOfOthers() throws IOException {
        Board here = board(A);
        here.arrange(Set.of(B), Set.of(B), true);
        Voice follower = here.join(F);
        Voice fellow = here.join(B);

        here.hear(follower, word(F, entry(F, "f", 1, "own"), entry(G, "g", 1, "forged")));
        assertThat(here.heard()).doesNotContainKey(G);

        here.hear(fellow, word(B, entry(G, "g", 1, "true")));
        here.hear(follower, word(F, entry(G, "g", 2, "forged")));
        assertThat(said(here, F)).isEqualTo("own");
        assertThat(said(here, G)).isEqualTo("true");
    }

    @Test
    void aFollowerThatALeaderDialsSpeaksForItselfAlone() throws IOException {
        Board here = board(A);
        here.arrange(Set.of(F), Set.of(), true);
        Voice sought = here.join(F);

        here.hear(sought, word(F, entry(F, "f", 1, "own"), entry(G, "g", 1, "forged")));
        here.hear(
                sought,
                new Word("f", 2, List.of(), List.of(new Word.Fresh(B, "boot of " + B, 9, 0))));

        assertThat(said(here, F)).isEqualTo("own");
        assertThat(here.heard()).doesNotContainKeys(G, B);
        assertThat(here.isFellow(F)).isFalse();
    }

    @Test
    void whileTheLeaderIsLostNobodyElseSpeaksOfOthers() throws IOException {
        Board here = board(F);
        here.arrange(Set.of(A), Set.of(A), false);
        here.hear(here.join(A), word(A, entry(G, "g", 1, "true")));
        beats(15, here);
        here.arrange(Set.of(A, B, G), Set.of(A), false);

        Voice fellow = here.join(B);
        here.hear(fellow, word(B, entry(B, "boot of " + B, 1, "own"), entry(G, "g", 2, "forged")));

        assertThat(said(here, B)).isEqualTo("own");
        assertThat(said(here, G)).isEqualTo("true");
        assertThat(here.heard().get(G).reachable()).isFalse();
        assertThat(here.wanted(Set.of())).contains(A, B, G); // alone still
    }

    @Test
    void nobodySpeaksForThisHost() throws IOException {
        Board here = board(F);
        here.arrange(Set.of(A), Set.of(A), false);
        here.say("content", "mine".getBytes(UTF_8));

        here.hear(here.join(A), word(A, entry(F, "f", 99, "forged")));

        assertThat(said(here, F)).isEqualTo("mine");
        assertThat(here.heard().get(F).bootId()).isEqualTo("boot of " + F);
    }

    @Test
    void ofWhatALeaderSaysTheNewerCounts() throws IOException {
        Board here = board(F);
        here.arrange(Set.of(A), Set.of(A), false);
        Voice leader = here.join(A);

        here.hear(leader, word(A, entry(G, "g", 2, "newer")));
        here.hear(leader, word(A, entry(G, "g", 1, "older")));
        assertThat(said(here, G)).isEqualTo("newer");

        here.hear(leader, word(A, entry(G, "started again", 1, "newest")));
        assertThat(said(here, G)).isEqualTo("newest");
    }

    @Test
    void whoIsNoMemberYetIsShownOnceTheGroupSaysSo() throws IOException {
        Board here = board(F);
        here.members(Set.of(A, F));
        here.arrange(Set.of(A), Set.of(A), false);
        here.hear(here.join(A), word(A, entry(G, "g", 1, "early")));
        assertThat(here.heard()).doesNotContainKey(G);

        assertThat(here.members(Set.of(A, F, G))).isTrue();
        assertThat(said(here, G)).isEqualTo("early");

        assertThat(here.members(Set.of(A, F))).isTrue();
        assertThat(here.members(Set.of(A, F, G))).isFalse();
        assertThat(here.heard()).doesNotContainKey(G);
    }

    @Test
    void twoLeadersDoNotKeepADeadHostAliveByEcho() throws IOException {
        Board here = board(A);
        Board there = board(B);
        here.arrange(Set.of(B), Set.of(B), true);
        there.arrange(Set.of(A), Set.of(A), true);
        Voice ofThere = here.join(B);
        Voice ofHere = there.join(A);
        Board follower = board(F);
        tell(follower, here, here.join(F));

        for (int second = 0; second < 7; second++) {
            beats(1, here, there);
            tell(here, there, ofHere);
            tell(there, here, ofThere);
            assertThat(there.heard().get(F).reachable()).isEqualTo(second < 5);
        }
        assertThat(here.heard().get(F).reachable()).isFalse();
    }

    @Test
    void withoutALeaderAHostWantsToTalkToAllAndStopsWhenItIsBack() throws IOException {
        Board here = board(F);
        here.arrange(Set.of(A), Set.of(A), false);
        Voice leader = here.join(A);
        here.hear(leader, word(A));
        assertThat(here.wanted(Set.of())).containsExactly(A);

        beats(9, here);
        assertThat(here.wanted(Set.of())).containsExactlyInAnyOrder(A, B, G);

        for (int beat = 1; beat <= 3; beat++) {
            assertThat(here.wanted(Set.of())).contains(A, B, G);
            here.hear(leader, new Word("boot of " + A, beat, List.of(), List.of()));
        }
        assertThat(here.wanted(Set.of())).containsExactly(A);
    }

    @Test
    void ofTwoHostsThatAreAloneTheLowerOneDialsAndTheOtherOnlyIfItMust() throws IOException {
        HostId low = F.compareTo(G) < 0 ? F : G;
        HostId high = low.equals(F) ? G : F;
        Board lower = board(low);
        Board higher = board(high);
        lower.members(Set.of(low, high));
        higher.members(Set.of(low, high));

        beats(6, lower, higher);
        assertThat(lower.wanted(Set.of())).containsExactly(high);
        assertThat(higher.wanted(Set.of())).isEmpty();

        beats(3, lower, higher);
        assertThat(higher.wanted(Set.of())).containsExactly(low);
        assertThat(higher.wanted(Set.of(low))).isEmpty();
        assertThat(lower.wanted(Set.of(high))).containsExactly(high);
    }

    @Test
    void inACrowdOnlyTheLowerOneOfAPairDialsAtFirstAndOnlyLeadersAreUrgent() {
        TreeSet<HostId> crowd = crowd();
        HostId leader = crowd.first();
        HostId self = crowd.last(); // everybody else is to dial this one
        Board here = board(self);
        here.members(crowd);
        here.arrange(Set.of(leader), Set.of(leader), false);

        crowd.remove(self);
        here.arrange(crowd, Set.of(leader), false);

        assertThat(here.wanted(Set.of())).containsExactly(leader);
        assertThat(here.urgent(crowd)).containsExactly(leader);
        beats(6, here);
        HostId answered = crowd.last();
        assertThat(here.wanted(Set.of(answered)))
                .hasSize(crowd.size() - 1)
                .contains(leader)
                .doesNotContain(answered);
        assertThat(here.urgent(crowd)).containsExactly(leader);
    }

    @Test
    void inACrowdALeaderThatIsNewIsUrgent() {
        TreeSet<HostId> crowd = crowd();
        HostId self = crowd.pollLast();
        Board here = board(self);
        here.members(crowd);
        here.arrange(crowd, Set.of(), false);
        assertThat(here.urgent(crowd)).isEmpty();

        here.arrange(Set.of(crowd.last()), Set.of(crowd.last()), false);

        assertThat(here.wanted(Set.of())).containsExactly(crowd.last());
        assertThat(here.urgent(crowd)).containsExactly(crowd.last());
    }

    @Test
    void aFewHostsAreAllUrgentAndDialWhomTheyAreToldAtOnce() {
        HostId high = F.compareTo(G) < 0 ? G : F;
        Board here = board(high);

        here.arrange(Set.of(A, B, high.equals(F) ? G : F), Set.of(), false);

        assertThat(here.wanted(Set.of())).hasSize(3);
        assertThat(here.urgent(here.wanted(Set.of()))).hasSize(3);
    }

    @Test
    void theOlderStartOfAnAgentIsNotHeardAnyMore() throws IOException {
        Board here = board(A);
        Voice old = here.join(F);
        Voice young = here.join(F);
        here.hear(old, new Word("old", 1, List.of(), List.of()));
        here.hear(young, new Word("young", 1, List.of(), List.of()));

        assertThatThrownBy(() -> here.hear(old, new Word("old", 2, List.of(), List.of())))
                .isInstanceOf(IOException.class);
        assertThat(here.heard().get(F).bootId()).isEqualTo("young");
    }

    /** Just more than a few, and one. */
    private static TreeSet<HostId> crowd() {
        TreeSet<HostId> crowd = new TreeSet<>();
        while (crowd.size() <= Bench.FEW + 1) {
            crowd.add(new TestIdentity().id());
        }
        return crowd;
    }

    private Board board(HostId self) {
        Board board = new Board(self, "boot of " + self, Pace.USUAL, clock::get);
        board.members(Set.of(A, B, F, G));
        return board;
    }

    /** Lets seconds pass, with a beat of these at the end of each. */
    private void beats(int seconds, Board... boards) {
        for (int i = 0; i < seconds; i++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            for (Board board : boards) {
                board.beat();
            }
        }
    }

    private static void tell(Board from, Board to, Voice voice) throws IOException {
        to.hear(voice, from.word(from.news(0).entries(), from.fresh()));
    }

    private static String said(Board board, HostId host) {
        Map<HostId, Said> heard = board.heard();
        assertThat(new HashSet<>(heard.keySet())).contains(host);
        return heard.get(host).text("content").orElse("");
    }

    private static Word word(HostId from, Word.Entry... entries) {
        String boot = from.equals(F) ? "f" : "boot of " + from;
        return new Word(boot, 1, List.of(entries), List.of());
    }

    private static Word.Entry entry(HostId id, String boot, long count, String content) {
        return new Word.Entry(
                id, boot, count, 1, 0, true, Map.of("content", content.getBytes(UTF_8)));
    }
}

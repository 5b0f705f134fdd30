package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bowline.api.Refusal;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Takeover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {
    @TempDir Path data;
    private LinkedHosts hosts;
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;

    @BeforeEach
    void start() throws IOException {
        hosts = new LinkedHosts(data, "b", "c");
        a = hosts.get("a");
        b = hosts.get("b");
        c = hosts.get("c");
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
    }

    @Test
    void theSurvivorGoesOnWithAllThatItHolds() throws IOException {
        hosts.network.isolate(a.id());
        GroupView before = b.view();
        Map<String, ?> notes = b.notes().all();

        Takeover takeover = hosts.takeOver(b);

        GroupView view = b.view();
        assertThat(view.origin()).contains(takeover);
        assertThat(takeover.parent())
                .isEqualTo(new Takeover.Ancestor(before.id(), 1, before.revision()));
        assertThat(view.id()).isEqualTo(takeover.group()).isNotEqualTo(before.id());
        assertThat(view.generation()).isEqualTo(2);
        assertThat(view.voters()).containsExactly(b.id());
        assertThat(b.leads()).isTrue();
        assertThat(view.leaderLost()).isEmpty();
        assertThat(view.members()).isEqualTo(before.members());
        assertThat(view.revision()).isEqualTo(before.revision() + 1);
        assertThat(b.notes().all()).isEqualTo(notes);
        assertThat(b.write("three")).isEqualTo(before.revision() + 2);
        assertThat(b.trusted()).isEqualTo(Set.of(a.id(), b.id(), c.id()));
    }

    @Test
    void itLeadsAgainAfterItWasKilled() throws IOException {
        hosts.network.isolate(a.id());
        Takeover takeover = hosts.takeOver(b);
        b.write("three");

        b.kill();
        b.start();

        assertThat(b.texts()).containsExactly("one", "three", "two");
        assertThat(b.view().id()).isEqualTo(takeover.group());
        assertThat(b.view().origin().map(Takeover::generation)).contains(2L);
        b.write("four");
        assertThat(b.texts()).contains("four");
    }

    @Test
    void theOthersFollowAndAreFedOnlyWithWhatIsNew() throws IOException {
        hosts.network.isolate(a.id());
        long link = c.view().member(c.id()).orElseThrow().link();
        Takeover takeover = hosts.takeOver(b);
        b.write("three");
        c.awaitLost();

        c.group().consider(takeover, b.id());

        assertThat(c.texts()).contains("one", "two"); // at once, and not empty meanwhile
        assertThat(c.view().members()).hasSize(3);
        assertThat(c.view().voters()).containsExactly(b.id());
        LinkedHosts.awaitSame(c, b);
        assertThat(c.view().feed()).isEqualTo(FeedState.CONNECTED);
        assertThat(c.view().leader()).contains(b.id());
        assertThat(c.view().generation()).isEqualTo(2);
        assertThat(c.view().member(c.id()).orElseThrow().link()).isEqualTo(link);
        assertThat(c.view().origin().map(Takeover::group)).contains(takeover.group());
        assertThat(c.group().aside()).isEmpty();

        c.group().consider(takeover, b.id()); // shown again

        assertThat(c.view().feed()).isEqualTo(FeedState.CONNECTED);
        c.kill();
        c.start();
        b.write("four");
        LinkedHosts.awaitSame(c, b);
    }

    @Test
    void whoHasItsLeaderDoesNotFollow() throws IOException {
        hosts.network.cut(a.id(), b.id());
        Takeover takeover = hosts.takeOver(b);

        assertThat(LinkedHosts.refusal(() -> c.group().consider(takeover, b.id())))
                .isEqualTo(Refusal.LEADER_REACHABLE);

        a.write("three");
        LinkedHosts.awaitSame(c, a);
        assertThat(c.view().generation()).isEqualTo(1);
    }

    @Test
    void isRefusedWhileTheLeaderIsThereOrWasAMomentAgo() throws IOException {
        assertThat(LinkedHosts.refusal(() -> b.group().takeOver(GroupHost.ANNA)))
                .isEqualTo(Refusal.LEADER_REACHABLE);
        assertThat(LinkedHosts.refusal(() -> a.group().takeOver(GroupHost.ANNA)))
                .isEqualTo(Refusal.NOT_FOLLOWER);

        b.stop();
        hosts.network.isolate(a.id());
        b.start(); // what is measured begins anew

        assertThat(b.view().leaderLost().orElseThrow()).isLessThan(GroupHost.LOST);
        assertThat(LinkedHosts.refusal(() -> b.group().takeOver(GroupHost.ANNA)))
                .isEqualTo(Refusal.LEADER_REACHABLE);
        assertThat(b.view().generation()).isEqualTo(1);
        assertThat(hosts.takeOver(b).generation()).isEqualTo(2);
    }

    @Test
    void isRefusedInACluster() throws IOException {
        a.group().wantVoters(Set.of(a.id(), b.id()));
        await().atMost(Duration.ofSeconds(40))
                .until(() -> b.view().voter() && c.view().voters().size() == 2);
        hosts.network.isolate(a.id());
        hosts.network.isolate(b.id());
        c.awaitLost();

        assertThat(LinkedHosts.refusal(() -> c.group().takeOver(GroupHost.ANNA)))
                .isEqualTo(Refusal.IN_CLUSTER);
    }

    @Test
    void votersThatWereWantedAreNotWantedAnyMore() throws IOException {
        c.stop();
        a.group().wantVoters(Set.of(a.id(), c.id()));
        LinkedHosts.awaitSame(b, a);
        hosts.network.isolate(a.id());

        hosts.takeOver(b);
        c.start();
        hosts.follow(c, b.view().origin().orElseThrow(), b);
        b.write("three");

        LinkedHosts.awaitSame(c, b);
        assertThat(b.view().voters()).containsExactly(b.id());
        assertThat(c.view().voter()).isFalse();
    }

    @Test
    void thousandsOfEntriesLiveOnAndASecondVoterJoinsLater() throws Exception {
        writeMany(2100, a); // beyond Raft's own snapshot
        LinkedHosts.awaitSame(b, a);
        hosts.network.isolate(a.id());
        Takeover takeover = hosts.takeOver(b);
        hosts.follow(c, takeover, b);

        b.group().wantVoters(Set.of(b.id(), c.id()));

        await().atMost(Duration.ofSeconds(40)).until(() -> c.view().voter());
        assertThat(c.notes().all()).isEqualTo(b.notes().all()).hasSize(102);
        c.write("by c");
        await().untilAsserted(() -> assertThat(b.texts()).contains("by c"));
        assertThat(c.view().origin().map(Takeover::group)).contains(takeover.group());
        for (GroupHost host : List.of(b, c)) {
            host.kill();
        }
        b.start();
        c.start();
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> {
                            assertThat(b.texts()).contains("by c").hasSize(103);
                            assertThat(c.notes().all()).isEqualTo(b.notes().all());
                        });
        b.write("again");
    }

    @Test
    void theNewGroupSnapshotsAndStartsAgain() throws Exception {
        hosts.network.isolate(a.id());
        hosts.takeOver(b);
        writeMany(2100, b);
        Map<String, ?> notes = b.notes().all();
        long revision = b.view().revision();

        b.kill();
        b.start();

        assertThat(b.view().revision()).isEqualTo(revision);
        assertThat(b.notes().all()).isEqualTo(notes);
        b.write("later");
    }

    private static void writeMany(int count, GroupHost host) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Long>> notes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String key = "k" + i % 100;
                notes.add(() -> host.write(key, key));
            }
            for (Future<Long> written : writers.invokeAll(notes)) {
                assertThat(written.get()).isPositive();
            }
        } finally {
            writers.shutdownNow();
        }
    }
}

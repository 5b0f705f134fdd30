package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionFactory;
import org.bowline.api.group.FeedState;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotersMoveTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final List<GroupHost> running = new ArrayList<>();
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;

    @BeforeEach
    void start() throws IOException {
        a = start("a");
        b = start("b");
        c = start("c");
        a.link(b);
        a.link(c);
    }

    private GroupHost start(String name) throws IOException {
        GroupHost host = GroupHost.start(network, name, data);
        running.add(host);
        return host;
    }

    @AfterEach
    void stop() throws IOException {
        for (GroupHost host : running) {
            host.close();
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(40));
    }

    @Test
    void aFollowerThatWasAwayFindsTheNewVoter() throws IOException {
        running.remove(c);
        c.stop();
        a.group().wantVoters(Set.of(b.id()));
        patiently().until(() -> b.leads() && b.view().voters().size() == 1 && !a.view().voter());

        c.start();
        running.add(c);
        b.write("new");

        patiently().untilAsserted(() -> assertThat(c.texts()).containsExactly("new"));
        assertThat(c.view().leader()).contains(b.id());
        assertThat(c.view().voters()).containsExactly(b.id());
    }

    @Test
    void aFollowerBelievesNobodyButItsOldVoterWhoVotesNow() throws IOException {
        running.remove(c);
        c.stop();
        a.group().wantVoters(Set.of(b.id()));
        patiently().until(() -> b.leads() && b.view().voters().size() == 1 && !a.view().voter());
        b.write("new");
        network.isolate(a.id());

        c.start();
        running.add(c);

        await().atMost(Duration.ofSeconds(20))
                .during(Duration.ofSeconds(8))
                .until(() -> c.view().feed() == FeedState.SEARCHING && c.texts().isEmpty());

        network.heal();

        patiently().untilAsserted(() -> assertThat(c.texts()).containsExactly("new"));
        assertThat(c.view().leader()).contains(b.id());
    }

    @Test
    void aJoinerThatIsAwayHoldsUpNeitherTheOtherNorTheGroup() throws IOException {
        running.remove(c);
        c.stop();

        a.group().wantVoters(Set.of(a.id(), b.id(), c.id()));

        patiently().until(() -> b.view().voter());
        assertThat(b.view().voters()).containsExactlyInAnyOrder(a.id(), b.id());
        b.write("by two");
        c.start();
        running.add(c);
        patiently().until(() -> c.view().voter());
        patiently().untilAsserted(() -> assertThat(c.texts()).containsExactly("by two"));
    }

    @Test
    void aVoterThatWasRemovedWhileItWasAwayFollows() throws IOException {
        a.group().wantVoters(Set.of(a.id(), b.id(), c.id()));
        patiently().until(() -> b.view().voter() && c.view().voter());
        running.remove(c);
        c.stop();

        a.group().wantVoters(Set.of(a.id(), b.id()));
        patiently().until(() -> a.view().voters().equals(Set.of(a.id(), b.id())));
        a.write("without c");
        c.start();
        running.add(c);

        patiently().until(() -> !c.view().voter());
        patiently().untilAsserted(() -> assertThat(c.texts()).containsExactly("without c"));
        assertThat(c.view().voters()).containsExactlyInAnyOrder(a.id(), b.id());
        a.write("later");
        patiently().untilAsserted(() -> assertThat(c.texts()).contains("later"));
    }

    @Test
    void aJoinerGetsASnapshotWhenTheLogIsCutOff() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Long>> notes = new ArrayList<>();
            for (int i = 0; i < 2200; i++) {
                String key = "k" + i % 100;
                notes.add(() -> a.write(key, key));
            }
            for (Future<Long> written : writers.invokeAll(notes)) {
                assertThat(written.get()).isPositive();
            }
        } finally {
            writers.shutdownNow();
        }

        a.group().wantVoters(Set.of(a.id(), b.id()));

        patiently().until(() -> b.view().voter());
        assertThat(b.notes().all()).isEqualTo(a.notes().all()).hasSize(100);
        b.write("later");
        running.remove(b);
        b.kill();
        b.start();
        running.add(b);
        assertThat(b.view().voter()).isTrue();
        patiently().untilAsserted(() -> assertThat(b.texts()).contains("later").hasSize(101));
    }
}

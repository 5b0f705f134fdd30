package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.FeedState;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeVotersTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;
    private List<GroupHost> all = List.of();

    @BeforeEach
    void start() throws IOException {
        a = GroupHost.start(network, "a", data);
        b = GroupHost.start(network, "b", data);
        c = GroupHost.start(network, "c", data);
        all = List.of(a, b, c);
        a.write("one");
        a.link(b);
        a.link(c);
        a.group().wantVoters(Set.of(a.id(), b.id(), c.id()));
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(all)
                                        .allSatisfy(
                                                host -> {
                                                    assertThat(host.view().voter()).isTrue();
                                                    assertThat(host.view().voters()).hasSize(3);
                                                }));
    }

    @AfterEach
    void stop() throws IOException {
        for (GroupHost host : all) {
            host.close();
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private GroupHost leading() {
        patiently().until(() -> all.stream().anyMatch(GroupHost::leads));
        return all.stream().filter(GroupHost::leads).findFirst().orElseThrow();
    }

    @Test
    void eachOfThemCommits() throws IOException {
        for (GroupHost host : all) {
            long revision = host.write("by " + host.host.facts().name());

            assertThat(host.view().revision()).isGreaterThanOrEqualTo(revision);
            assertThat(host.view().feed()).isEqualTo(FeedState.NONE);
        }
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(all)
                                        .allSatisfy(
                                                host ->
                                                        assertThat(host.texts())
                                                                .containsExactly(
                                                                        "by a", "by b", "by c",
                                                                        "one")));
        assertThat(b.notes().get("by b").orElseThrow().host()).isEqualTo(b.id());
    }

    @Test
    void twoGoOnWithoutTheLeaderAndItCatchesUp() throws IOException {
        GroupHost dead = leading();
        List<GroupHost> others = all.stream().filter(host -> host != dead).toList();
        dead.kill();

        others.get(0).write("without");
        others.get(1).write("it");
        dead.start();

        patiently().untilAsserted(() -> assertThat(dead.texts()).contains("without", "it"));
        dead.write("back");
        patiently().untilAsserted(() -> assertThat(others.get(0).texts()).contains("back"));
    }

    @Test
    void oneAloneSaysThatThereIsNoMajority() throws IOException {
        b.stop();
        c.stop();

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> a.write("alone"));

        assertThat(refused.refusal()).isEqualTo(Refusal.NO_QUORUM);
        assertThat(a.texts()).contains("one");
        b.start();
        c.start();
    }

    @Test
    void becomeOneAgainThatTheOthersFollow() throws IOException {
        GroupHost last = all.stream().filter(host -> host != leading()).findFirst().orElseThrow();
        List<GroupHost> others = all.stream().filter(host -> host != last).toList();

        a.group().wantVoters(Set.of(last.id()));

        patiently()
                .untilAsserted(
                        () -> {
                            assertThat(last.view().voters()).containsExactly(last.id());
                            assertThat(others)
                                    .allSatisfy(
                                            host -> {
                                                assertThat(host.view().voter()).isFalse();
                                                assertThat(host.view().leader())
                                                        .contains(last.id());
                                            });
                        });
        last.write("alone");
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(others)
                                        .allSatisfy(
                                                host ->
                                                        assertThat(host.texts())
                                                                .contains("alone", "one")));
        assertThat(others)
                .allSatisfy(
                        host ->
                                assertThat(
                                                catchThrowableOfType(
                                                                RefusedException.class,
                                                                () -> host.write("no"))
                                                        .refusal())
                                        .isEqualTo(Refusal.USE_THE_LEADER));
        Set<HostId> members = Set.copyOf(last.trusted());
        assertThat(members).containsExactlyInAnyOrder(a.id(), b.id(), c.id());
    }
}

package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Standing;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private GroupHost leader;
    private GroupHost follower;

    @BeforeEach
    void start() throws IOException {
        leader = GroupHost.start(network, "a", data);
        follower = GroupHost.start(network, "b", data);
    }

    @AfterEach
    void stop() throws IOException {
        leader.close();
        follower.close();
    }

    @Test
    void getsWhatWasThereAndWhatComesLater() throws IOException {
        leader.write("before");

        leader.link(follower);
        leader.write("later");

        await().untilAsserted(
                        () -> assertThat(follower.texts()).containsExactly("before", "later"));
        assertThat(follower.view().id()).isEqualTo(leader.view().id());
        assertThat(follower.view().voter()).isFalse();
        assertThat(follower.view().leader()).contains(leader.id());
        assertThat(follower.view().voters()).containsExactly(leader.id());
        assertThat(follower.view().feed()).isEqualTo(FeedState.CONNECTED);
        assertThat(follower.view().members()).isEqualTo(leader.view().members());
    }

    @Test
    void isTrustedAndTrustsBeforeItFollows() throws IOException {
        leader.group().commit(Commit.of(GroupHost.ANNA, new Change.Admit(follower.member())));
        var invitation = leader.group().invitation(follower.id());

        assertThat(leader.trusted()).contains(follower.id());

        follower.group().follow(invitation);

        assertThat(follower.trusted()).isEqualTo(Set.of(leader.id(), follower.id()));
        assertThat(follower.trust.find(leader.id()).orElseThrow().endpoints())
                .containsExactly(leader.at);
        assertThat(follower.view().members()).isEqualTo(leader.view().members());
    }

    @Test
    void hasLeftItsOldGroupWithoutATrace() throws IOException {
        String old = follower.view().id();
        follower.write("old");

        leader.link(follower);

        assertThat(follower.texts()).isEmpty();
        awaitOnly(leader.view().id());
        assertThat(follower.groupsOnDisk()).doesNotContain(old);
    }

    private void awaitOnly(String group) {
        await().untilAsserted(() -> assertThat(follower.groupsOnDisk()).containsExactly(group));
    }

    @Test
    void followsBeforeItsOldGroupIsGone() throws IOException {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        follower.steps(
                step -> {
                    if (step.equals("ended")) {
                        goOn.join();
                    }
                });
        leader.link(follower);
        leader.write("one");

        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one"));
        assertThat(follower.groupsOnDisk()).hasSize(2);

        goOn.complete(null);
        awaitOnly(leader.view().id());
    }

    @Test
    void linksUnlinksAndLinksAgainAtOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            leader.link(follower);
            leader.write("n" + i);
            follower.group().leave();
            follower.write("own");
        }
        leader.link(follower);

        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("n0", "n1", "n2"));
        awaitOnly(leader.view().id());
        follower.kill();
        follower.start();
        leader.write("n3");
        await().untilAsserted(() -> assertThat(follower.texts()).hasSize(4).contains("n3"));
    }

    @Test
    void knowsAllFromItsDiskWhileItsLeaderIsAway() throws IOException {
        leader.link(follower);
        leader.write("one");
        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one"));

        follower.stop();
        leader.write("two");
        network.isolate(leader.id());
        follower.start();

        assertThat(follower.texts()).containsExactly("one");
        assertThat(follower.view().members()).isEqualTo(leader.view().members());
        assertThat(follower.view().feed()).isEqualTo(FeedState.SEARCHING);
        assertThat(follower.view().leader()).isEmpty();

        network.heal();

        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one", "two"));
    }

    @Test
    void catchesUpAfterItWasCutOff() throws IOException {
        leader.link(follower);
        await().until(() -> follower.view().feed() == FeedState.CONNECTED);

        network.cut(leader.id(), follower.id());
        leader.write("one");
        await().until(() -> follower.view().feed() == FeedState.SEARCHING);
        assertThat(follower.texts()).isEmpty();
        network.heal();

        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one"));
        assertThat(follower.view().feed()).isEqualTo(FeedState.CONNECTED);
    }

    @Test
    void catchesUpBySnapshotWhenTheTailHasGoneOn() throws IOException {
        leader.link(follower);
        await().until(() -> follower.view().feed() == FeedState.CONNECTED);
        follower.stop();

        for (int i = 0; i < 20; i++) {
            leader.write("large", "x".repeat(200 << 10) + i);
        }
        leader.write("after");
        follower.start();

        await().untilAsserted(() -> assertThat(follower.view().revision()).isEqualTo(revision()));
        assertThat(follower.notes().all()).isEqualTo(leader.notes().all());
    }

    private long revision() {
        return leader.view().revision();
    }

    @Test
    void goesOnFromWhatAKilledHostLeftOnItsDisk() throws IOException {
        leader.link(follower);
        for (int i = 0; i < 20; i++) {
            leader.write("n" + i);
        }
        await().untilAsserted(() -> assertThat(follower.view().revision()).isEqualTo(revision()));

        leader.kill();
        follower.kill();
        leader.start();
        follower.start();

        assertThat(leader.texts()).hasSize(20);
        assertThat(leader.view().voter()).isTrue();
        leader.write("later");
        await().untilAsserted(() -> assertThat(follower.texts()).hasSize(21).contains("later"));
    }

    @Test
    void tellsPresenceWhomToDial() throws IOException {
        GroupHost other = GroupHost.start(network, "c", data);
        try (other) {
            leader.link(follower);
            leader.link(other);

            await().untilAsserted(
                            () -> {
                                assertThat(follower.presence.dial()).containsExactly(leader.id());
                                assertThat(other.presence.dial()).containsExactly(leader.id());
                                assertThat(follower.presence.leaders())
                                        .containsExactly(leader.id());
                            });
            assertThat(follower.presence.judge()).isFalse();
            assertThat(leader.presence.judge()).isTrue();
            assertThat(leader.presence.dial()).isEmpty();
            assertThat(leader.presence.leaders()).isEmpty();

            network.isolate(leader.id());

            await().untilAsserted(() -> assertThat(follower.presence.dial()).contains(other.id()));
            assertThat(follower.presence.leaders()).containsExactly(leader.id());
        }
    }

    @Test
    void learnsFromTheFeedThatItWasTakenOut() throws IOException {
        leader.link(follower);
        await().until(() -> follower.view().feed() == FeedState.CONNECTED);

        long out =
                leader.group()
                        .commit(Commit.of(GroupHost.ANNA, new Change.Expel(follower.id(), 0)));

        await().until(() -> follower.view().feed() == FeedState.REFUSED);
        await().untilAsserted(() -> assertThat(leader.trusted()).containsExactly(leader.id()));
        assertThat(follower.view().revision()).isEqualTo(out);
        assertThat(follower.view().member(follower.id())).isEmpty();
        assertThat(follower.trusted()).contains(leader.id());

        follower.stop();
        follower.start();

        assertThat(follower.view().voter()).isFalse();
        await().until(() -> follower.view().feed() == FeedState.REFUSED);
    }

    @Test
    void knowsWhereItStands() throws IOException {
        String group = leader.view().id();
        leader.link(follower);
        long link = leader.view().member(follower.id()).orElseThrow().link();

        assertThat(leader.group().standing(follower.id(), group))
                .isEqualTo(new Standing(Standing.State.MEMBER, group, 1, link, null));
        assertThat(leader.group().standing(follower.id(), "aaaaaaaaaaaaaaaa").state())
                .isEqualTo(Standing.State.OTHER_GROUP);

        long out =
                leader.group()
                        .commit(Commit.of(GroupHost.ANNA, new Change.Expel(follower.id(), link)));
        leader.write("later");

        assertThat(leader.group().standing(follower.id(), group))
                .isEqualTo(new Standing(Standing.State.OUT, group, 1, out, null));
    }

    @Test
    void anOldExpulsionNeverHitsANewLink() throws IOException {
        leader.link(follower);
        long link = leader.view().member(follower.id()).orElseThrow().link();
        follower.group().leave();
        leader.group().commit(Commit.of(GroupHost.ANNA, new Change.Expel(follower.id(), link)));
        leader.link(follower);

        leader.group().commit(Commit.of(GroupHost.ANNA, new Change.Expel(follower.id(), link)));

        assertThat(leader.view().member(follower.id())).isPresent();
        leader.write("still");
        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("still"));
    }

    @Test
    void leavesToAnEmptyGroupOfOne() throws IOException {
        leader.link(follower);
        leader.write("one");
        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one"));

        follower.group().leave();

        assertThat(follower.view().id()).isNotEqualTo(leader.view().id());
        assertThat(follower.view().voter()).isTrue();
        assertThat(follower.view().alone()).isTrue();
        assertThat(follower.texts()).isEmpty();
        assertThat(follower.trusted()).containsExactly(follower.id());
        awaitOnly(follower.view().id());

        follower.write("own");
        follower.stop();
        follower.start();

        assertThat(follower.texts()).containsExactly("own");
        assertThat(leader.texts()).containsExactly("one");
    }
}

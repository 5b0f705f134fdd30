package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Member;
import org.bowline.group.GroupHost.Note;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupOfOneTest {
    @TempDir Path data;
    private GroupHost host;

    @BeforeEach
    void start() throws IOException {
        host = GroupHost.start(new LoopbackNetwork(), "a", data);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    @Test
    void isAGroupOfOneAtItsFirstStart() {
        assertThat(host.view().voter()).isTrue();
        assertThat(host.view().leader()).contains(host.id());
        assertThat(host.view().voters()).containsExactly(host.id());
        assertThat(host.view().feed()).isEqualTo(FeedState.NONE);
        assertThat(host.view().revision()).isEqualTo(1);
        assertThat(host.view().members())
                .singleElement()
                .satisfies(
                        member -> {
                            assertThat(member.id()).isEqualTo(host.id());
                            assertThat(member.key()).isEqualTo(host.identity.key());
                            assertThat(member.facts()).isEqualTo(host.host.facts());
                            assertThat(member.link()).isEqualTo(1);
                        });
    }

    @Test
    void commitsAndKeepsItOverARestart() throws IOException {
        String id = host.view().id();
        long revision = host.write("one");

        host.stop();
        host.start();

        assertThat(host.view().id()).isEqualTo(id);
        assertThat(host.view().revision()).isEqualTo(revision);
        assertThat(host.notes().get("one"))
                .hasValueSatisfying(
                        entry -> {
                            assertThat(entry.value()).isEqualTo(new Note("one"));
                            assertThat(entry.revision()).isEqualTo(revision);
                            assertThat(entry.actor()).isEqualTo(GroupHost.ANNA);
                            assertThat(entry.host()).isEqualTo(host.id());
                        });
    }

    @Test
    void viewsShareTheListOfMembersAsLongAsNoneChanges() throws IOException {
        List<Member> before = host.view().members();

        host.write("one");

        assertThat(host.view().members()).isSameAs(before);
        host.group().commit(Commit.of(GroupHost.ANNA, new Change.Describe(renamed())));
        assertThat(host.view().members())
                .singleElement()
                .extracting(member -> member.facts().name())
                .isEqualTo("renamed");
    }

    private Member renamed() {
        return new Member(
                host.id(), host.identity.key(), TestHost.linkableFacts("renamed", host.at), 0);
    }

    @Test
    void trustsItselfAlone() {
        assertThat(host.trusted()).isEqualTo(Set.of(host.id()));
        await().untilAsserted(() -> assertThat(host.presence.judge()).isTrue());
        assertThat(host.presence.dial()).isEmpty();
    }

    @Test
    void leavesNoThreadBehindWhenItStops() throws IOException {
        String named = host.id().value();
        assertThat(threads()).anyMatch(name -> name.contains(named));

        host.stop();

        await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.contains(named)));
        host.start();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void isNotOpenedWithAnotherKey() throws IOException {
        host.stop();
        GroupHost other = GroupHost.over(host.host, new LoopbackNetwork());

        assertThatThrownBy(other::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another key");
        host.start();
    }

    @Test
    void refusesAStaleCommitAsAWhole() throws IOException {
        host.write("one");
        var seen = host.notes().get("one").orElseThrow();
        host.group()
                .commit(
                        new Commit(
                                List.of(host.notes().put("one", new Note("changed"))),
                                List.of(host.notes().unchanged("one", seen)),
                                GroupHost.ANNA));

        assertThatThrownBy(
                        () ->
                                host.group()
                                        .commit(
                                                new Commit(
                                                        List.of(
                                                                host.notes()
                                                                        .put(
                                                                                "two",
                                                                                new Note("two")),
                                                                host.notes().remove("one")),
                                                        List.of(
                                                                host.notes()
                                                                        .unchanged("one", seen)),
                                                        GroupHost.ANNA)))
                .isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).refusal())
                .isEqualTo(Refusal.STALE_REVISION);

        assertThat(host.texts()).containsExactly("changed");
    }
}

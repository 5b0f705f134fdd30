package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Takeover;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;

    @BeforeEach
    void start() throws IOException {
        a = GroupHost.start(network, "a", data);
        b = GroupHost.start(network, "b", data);
        c = GroupHost.start(network, "c", data);
        a.link(b);
        a.link(c);
        a.write("one");
        a.write("two");
        await().untilAsserted(
                        () -> {
                            assertThat(b.view().revision()).isEqualTo(a.view().revision());
                            assertThat(c.view().revision()).isEqualTo(a.view().revision());
                        });
    }

    @AfterEach
    void stop() throws IOException {
        a.close();
        b.close();
        c.close();
    }

    @Test
    void theSurvivorGoesOnWithAllThatItHolds() throws IOException {
        network.isolate(a.id());
        GroupView before = b.view();
        Map<String, ?> notes = b.notes().all();
        b.awaitLost();

        Takeover takeover = b.group().takeOver(GroupHost.ANNA);

        GroupView view = b.view();
        assertThat(view.origin()).contains(takeover);
        assertThat(view.id()).isEqualTo(takeover.group()).isNotEqualTo(before.id());
        assertThat(view.generation()).isEqualTo(2);
        assertThat(view.voters()).containsExactly(b.id());
        assertThat(b.leads()).isTrue();
        assertThat(view.members()).isEqualTo(before.members());
        assertThat(view.revision()).isEqualTo(before.revision() + 1);
        assertThat(b.notes().all()).isEqualTo(notes);
        assertThat(b.write("three")).isEqualTo(before.revision() + 2);
        assertThat(b.trusted()).isEqualTo(Set.of(a.id(), b.id(), c.id()));

        b.kill();
        b.start();

        assertThat(b.texts()).containsExactly("one", "three", "two");
        assertThat(b.view().origin().map(Takeover::group)).contains(takeover.group());
    }
}

package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Takeover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host is killed at each step of its way to another group: it is in the old one or in the new
 * one, whole, and the way can be gone again.
 */
class SuccessionCrashTest {
    @TempDir Path data;
    @TempDir Path images;
    private LinkedHosts hosts;
    private GroupHost a;
    private GroupHost b;
    private GroupHost c;
    private final Map<String, Path> steps = Collections.synchronizedMap(new LinkedHashMap<>());

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

    private void record(GroupHost host) {
        host.awaitSettled(); // or it is told of the end of its own first group
        host.steps(
                step ->
                        steps.computeIfAbsent(
                                step, name -> host.image(images.resolve(name.replace(' ', '-')))));
    }

    /** The last steps come while the host is in the next group already. */
    private void awaitAllSteps() {
        await().untilAsserted(
                        () ->
                                assertThat(List.copyOf(steps.keySet()))
                                        .containsExactly(
                                                "decided",
                                                "opened",
                                                "founded",
                                                "written",
                                                "ended",
                                                "kept only"));
    }

    private static void awaitOnly(GroupHost host, String group) {
        host.awaitSettled();
        assertThat(host.view().id()).isEqualTo(group);
    }

    @Test
    void whileItTakesOver() throws IOException {
        hosts.network.isolate(a.id());
        String old = b.view().id();
        record(b);
        Map<String, ?> notes = b.notes().all();
        Takeover first = hosts.takeOver(b);
        awaitAllSteps();

        for (Map.Entry<String, Path> step : steps.entrySet()) {
            b.stop();
            b.startFrom(step.getValue());

            assertThat(b.notes().all()).as(step.getKey()).isEqualTo(notes);
            assertThat(b.view().members()).hasSize(3);
            if (List.of("written", "ended", "kept only").contains(step.getKey())) {
                assertThat(b.view().id()).as(step.getKey()).isEqualTo(first.group());
                assertThat(b.leads()).isTrue();
            } else {
                assertThat(b.view().id()).as(step.getKey()).isEqualTo(old);
                assertThat(b.view().voter()).isFalse();
                hosts.takeOver(b);
            }
            awaitOnly(b, b.view().id());
            b.write("goes on");
        }
    }

    @Test
    void whileItFollows() throws IOException {
        hosts.network.isolate(a.id());
        String old = c.view().id();
        Takeover takeover = hosts.takeOver(b);
        b.write("three");
        record(c);
        hosts.follow(c, takeover, b);
        awaitAllSteps();

        for (Map.Entry<String, Path> step : steps.entrySet()) {
            c.stop();
            c.startFrom(step.getValue());

            assertThat(c.texts()).as(step.getKey()).contains("one", "two");
            assertThat(c.view().members()).hasSize(3);
            assertThat(c.view().id()).as(step.getKey()).isIn(old, takeover.group());
            if (c.view().id().equals(old)) {
                hosts.follow(c, takeover, b);
            }
            LinkedHosts.awaitSame(c, b);
            awaitOnly(c, takeover.group());
        }
    }

    @Test
    void whileItYields() throws IOException {
        hosts.network.isolate(a.id());
        a.write("alone");
        String old = a.view().id();
        Takeover takeover = hosts.takeOver(b);
        hosts.network.heal();
        LinkedHosts.challenge(a, takeover, b);
        record(a);
        a.group().yieldTo(takeover);
        awaitAllSteps();

        for (Map.Entry<String, Path> step : steps.entrySet()) {
            a.stop();
            a.startFrom(step.getValue());

            assertThat(a.view().id()).as(step.getKey()).isIn(old, takeover.group());
            if (a.view().id().equals(old)) {
                assertThat(a.group().aside()).as(step.getKey()).isEmpty(); // it still holds it
                assertThat(a.texts()).contains("alone");
                assertThat(a.view().challenge()).isPresent();
                a.group().yieldTo(takeover);
            }
            LinkedHosts.awaitSame(a, b);
            assertThat(a.group().aside())
                    .as(step.getKey())
                    .singleElement()
                    .satisfies(
                            aside ->
                                    assertThat(aside.items())
                                            .extracting(Aside.Item::key)
                                            .containsExactly("alone"));
        }
    }
}

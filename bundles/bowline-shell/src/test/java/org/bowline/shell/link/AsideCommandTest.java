package org.bowline.shell.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Member;
import org.bowline.shell.FakePairing;
import org.bowline.shell.door.TestShell;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.TestHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideCommandTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
    private static final Aside.Item ITEM =
            new Aside.Item(
                    Aside.What.PUT,
                    "content",
                    "item/one",
                    "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                    42,
                    new Actor("ada", "rest"),
                    FakePairing.SELF,
                    TIME);
    private static final Aside OLD = new Aside("old", "g1", 1, "g2", TIME, List.of(ITEM));
    private static final Aside NONE = new Aside("none", "g2", 2, "g3", TIME, List.of());

    private final MemoryGroup group =
            new MemoryGroup(
                    new MemoryGroup.World(),
                    new Member(FakePairing.SELF, "", TestHost.linkableFacts("alpha"), 1));
    private final MemoryAudit audit = new MemoryAudit(FakePairing.SELF);
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(
                List.of(AsideCompleter.class, AsideCommand.class), group, new FakePairing(), audit);
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void whatWasSetAsideIsListedThingByThing() throws Exception {
        assertThat(shell.run("", "link:aside").out())
                .isEqualTo("Nothing is set aside on this host.\n");
        group.setAside(List.of(NONE, OLD));

        assertThat(shell.run("", "link:aside", "--no-format").out())
                .isEqualTo(
                        """
                        none\t2026-11-24T10:00:00Z\tnothing\t\t\t
                        old\t2026-11-24T10:00:00Z\tput\tcontent\titem/one\tada
                        """);
        assertThat(shell.run("", "link:aside", "-c", "id,value,on,revision").out())
                .endsWith("old   {\"a\":1}  alpha  42\n");
    }

    @Test
    void asJsonItIsWhatRestAnswers() throws Exception {
        group.setAside(List.of(OLD));

        JsonNode first =
                new ObjectMapper()
                        .readTree(shell.run("", "link:aside", "-o", "json").out())
                        .at("/items/0");

        assertThat(first.get("successor").asText()).isEqualTo("g2");
        assertThat(first.at("/items/0/what").asText()).isEqualTo("put");
        assertThat(first.at("/items/0/value/a").asInt()).isEqualTo(1);
        assertThat(first.at("/items/0/actor/name").asText()).isEqualTo("ada");
    }

    @Test
    void oneIsDroppedOnlyWhenThatIsConfirmed() throws Exception {
        group.setAside(List.of(NONE, OLD));

        assertThat(shell.run("", "link:aside", "--drop", "old").code()).isEqualTo(2);
        assertThat(shell.run("", "link:aside", "--drop", "old", "--dry-run").out())
                .contains("item/one");
        assertThat(shell.run("", "link:aside", "--drop", "new", "-y").code()).isEqualTo(4);
        assertThat(group.aside()).hasSize(2);
        assertThat(audit.acts()).isEmpty();
        assertThat(shell.run("", "link:aside", "--drop", "old", "-y").code()).isZero();
        assertThat(group.aside()).containsExactly(NONE);
        assertThat(audit.acts())
                .containsExactly(
                        Act.done(
                                new Actor("local", "shell"),
                                "group.drop-aside",
                                "old",
                                "1 changes of group g1"));
    }
}

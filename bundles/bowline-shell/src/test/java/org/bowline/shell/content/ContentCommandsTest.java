package org.bowline.shell.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bowline.api.content.Holding;
import org.bowline.shell.FakeContent;
import org.bowline.shell.FakePairing;
import org.bowline.shell.door.TestShell;
import org.bowline.shell.door.TestShell.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCommandsTest {
    private final FakeContent content = new FakeContent();
    private Path base;
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        this.base = base;
        shell = new TestShell(base);
        shell.install(
                List.of(
                        AddCommand.class,
                        ContentCompleter.class,
                        InfoCommand.class,
                        ListCommand.class,
                        RemoveCommand.class,
                        SyncCommand.class),
                content,
                new FakePairing());
        content.items =
                List.of(
                        FakeContent.item("app.tar", 1, FakeContent.digest("a")),
                        FakeContent.item("app.tar", 2, FakeContent.digest("b")));
        content.holdings =
                Map.of(
                        FakePairing.SELF,
                        Map.of(
                                FakeContent.digest("a"), Holding.SYNCED,
                                FakeContent.digest("b"), Holding.SYNCED),
                        FakePairing.OTHER,
                        Map.of(
                                FakeContent.digest("a"), Holding.SYNCED,
                                FakeContent.digest("b"), FakeContent.HALF));
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void listShowsHowManyHostsHoldEach() throws Exception {
        assertThat(shell.run("", "content:list", "-c", "name,revision,size,synced").out())
                .isEqualTo(
                        """
                        NAME     REVISION  SIZE     SYNCED
                        app.tar  1         4.0 KiB  2/2
                        app.tar  2         4.0 KiB  1/2
                        """);
        JsonNode first = json(shell.run("", "content:list", "-o", "json")).get("items").get(0);
        assertThat(first.get("digest").asText()).isEqualTo(FakeContent.digest("a").value());
        assertThat(first.get("addedBy").asText()).isEqualTo("ada");
        assertThat(first.get("kind").asText()).isEqualTo("file");
    }

    @Test
    void infoTakesTheNewestOfANameOrTheBeginningOfADigest() throws Exception {
        assertThat(shell.run("", "content:info", "app.tar").out()).contains("revision 2");
        assertThat(shell.run("", "content:info", "aaaaaa").out())
                .contains("revision 1")
                .contains("alpha  Synced");
        Ran ran = shell.run("", "content:info", "nothing");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.error()).startsWith("No such content: There is no nothing in content:list.");
    }

    @Test
    void syncShowsEveryCellAndRetries() throws Exception {
        Ran ran = shell.run("", "content:sync", "--retry", "-o", "json");

        assertThat(json(ran).get("items")).hasSize(4);
        assertThat(json(ran).get("items").get(3).get("bytesPerSecond").asInt()).isEqualTo(1024);
        assertThat(content.acts).containsExactly("retry");
        assertThat(shell.run("", "content:sync", "app.tar").out()).contains("Syncing 50 %");
    }

    @Test
    void waitingForSyncEndsInTimeOrWithTheTimeoutCode() throws Exception {
        assertThat(shell.run("", "content:sync", "--wait", "5", "aaaaaa").code()).isZero();
        assertThat(shell.run("", "content:sync", "--wait", "soon").code()).isEqualTo(2);
        assertThat(shell.run("", "content:sync", "aaaaaa", "--wait", "5").code()).isZero();
        assertThat(shell.run("", "content:sync", "bbbbbb", "--wait", "1").code()).isEqualTo(8);
    }

    @Test
    void addReadsAFileOfTheAgentsMachine() throws Exception {
        Path file = Files.writeString(base.resolve("bundle.bin"), "12345");

        Ran ran = shell.run("", "content:add", file.toString(), "--name", "big one");

        assertThat(ran.error()).isEmpty();
        assertThat(ran.out()).startsWith("Added added, revision 1, 4.0 KiB, sha256:cc");
        assertThat(content.acts).containsExactly("added 5 bytes as big one");
    }

    @Test
    void addThatIsRefusedLeavesNoUploadBehind() throws Exception {
        Path file = Files.writeString(base.resolve("bundle.bin"), "12345");
        content.full = true;

        Ran ran = shell.run("", "content:add", file.toString());

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.error()).startsWith("The store is full: It needs 4 KiB more.");
        assertThat(content.acts).containsExactly("cancelled");
    }

    @Test
    void addChecksTheDigestAndTheFile() throws Exception {
        String file = Files.writeString(base.resolve("bundle.bin"), "12345").toString();

        assertThat(shell.run("", "content:add", "/no/such").code()).isEqualTo(2);
        assertThat(shell.run("", "content:add", file, "--digest", "abc").code()).isEqualTo(2);
        assertThat(
                        shell.run(
                                        "",
                                        "content:add",
                                        file,
                                        "--digest",
                                        FakeContent.digest("d").value())
                                .code())
                .isEqualTo(5);
        assertThat(shell.run("", "content:add").code()).isEqualTo(2);
    }

    @Test
    void removeAsksForTheDigestWhereANameHasRevisions() throws Exception {
        assertThat(shell.run("", "content:remove", "app.tar", "-y").code()).isEqualTo(2);
        assertThat(shell.run("", "content:remove", "aaaaaa", "--dry-run").code()).isZero();
        assertThat(content.acts).isEmpty();

        assertThat(shell.run("", "content:remove", "aaaaaa", "-y").code()).isZero();

        assertThat(content.acts).containsExactly("retire a by local");
    }

    private static JsonNode json(Ran ran) throws Exception {
        assertThat(ran.code()).as(ran.error()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }
}

package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.shell.FakePairing;
import org.bowline.shell.link.HostsCommand;
import org.bowline.shell.link.TokenCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellDoorTest {
    private final FakePairing pairing = new FakePairing();
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(List.of(HostsCommand.class, TokenCommand.class), pairing);
        shell.install(HangCommand.class);
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void aTerminalGetsAPromptAndCtrlDEndsTheSessionAlone() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("bowline@alpha()> ");
            assertThat(client.screen())
                    .startsWith("Bowline 0.1.0 on alpha.")
                    .doesNotContain("Karaf");

            client.type("\u0004");

            assertThat(client.awaitExit()).isZero();
        }
        try (TestClient next = TestClient.terminal(shell.socket())) {
            next.awaitScreen("bowline@alpha()> ");
        }
    }

    @Test
    void tabCompletesTheCommandsOfAScope() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");

            client.type("link:\t");

            client.awaitScreen("link:hosts");
            client.awaitScreen("link:token");
        }
    }

    @Test
    void exitLeavesASubShellAndAtTheTopTheSession() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            client.type("link\r");
            client.awaitScreen("bowline@alpha(link)> ");

            client.type("exit\r");
            client.type("echo at-the-top\r");
            client.awaitScreen("\r\nat-the-top");
            client.type("exit\r");

            assertThat(client.awaitExit()).isZero();
        }
    }

    @Test
    void ctrlCEndsACommandThatHangsAndTheSessionGoesOn() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            for (int round = 1; round <= 5; round++) {
                client.type("test:hang " + round + "\r");
                client.awaitScreen("hanging " + round);
                client.type("typed ahead".repeat(1000)); // more than the pipe takes
                client.type("\u0003");
                client.awaitPrompt(round * 2);
                client.type("echo alive-" + round + "\r");
                client.awaitScreen("\r\nalive-" + round);
                client.awaitPrompt(round * 2 + 1);
            }
        }
    }

    @Test
    void ctrlCAtThePromptDropsTheLine() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            client.type("echo no");
            client.awaitScreen("echo no");
            client.type("\u0003");
            client.awaitPrompt(2);
            client.type("echo yes-it-is\r");
            client.awaitScreen("\r\nyes-it-is");
            assertThat(client.screen()).doesNotContain("\r\nno\r");
        }
    }

    @Test
    void aNewSizeReachesTheSession() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            client.resize(77, 33);
            client.type("echo size-$COLUMNS-$LINES\r");
            client.awaitScreen("size-77-33");
        }
    }

    @Test
    void oneCommandHasItsOutputItsErrorsAndItsCode() throws Exception {
        try (TestClient client = command("", "link:hosts", "-o", "json")) {
            assertThat(client.awaitExit()).isZero();
            assertThat(client.screen()).contains("\"items\"").contains("\"status\" : \"ready\"");
            assertThat(client.error()).isEmpty();
            assertThat(client.reads).isZero();
        }
        assertThat(exitOf("no:such")).isEqualTo(127);
        assertThat(exitOf("link:hosts", "--nonsense")).isEqualTo(2);
        assertThat(exitOf("link:hosts", "-o", "xml")).isEqualTo(2);
        assertThat(exitOf("echo \\\"open")).isEqualTo(2);
        assertThat(exitOf("throw", "x")).isEqualTo(1);
    }

    @Test
    void wordsOfACommandAreTakenLiterally() throws Exception {
        String[] words = {
            "echo", "a b", "$HOME", "x;y", "it's", "say \\\"hi\\\"", "%5", "a|b", "*", "{x}", ""
        };
        try (TestClient client = command("", words)) {
            assertThat(client.awaitExit()).isZero();
            assertThat(client.screen()).isEqualTo("a b $HOME x;y it's say \"hi\" %5 a|b * {x} \n");
        }
    }

    @Test
    void aCommandReadsStandardInputOnlyWhenItWants() throws Exception {
        try (TestClient client = command("one\ntwo\n", "cat | grep two")) {
            assertThat(client.awaitExit()).isZero();
            assertThat(client.screen()).isEqualTo("two\n");
        }
    }

    @Test
    void aClientThatGoesAwayEndsItsCommand() throws Exception {
        TestClient client = command("", "test:hang", "7");
        client.awaitScreen("hanging 7");

        client.close();

        await().untilAsserted(() -> assertThat(HangCommand.ENDED).contains("7"));
    }

    @Test
    void everySessionsCommandsActAsTheAdmin() throws Exception {
        assertThat(exitOf("link:token")).isZero();

        assertThat(pairing.acts).containsExactly("start by local in shell");
    }

    @Test
    void aSessionIsInTheAuditFromItsBeginningToItsEnd() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            assertThat(acts()).containsExactly("shell.open");
            client.type("link:token\r");
            client.awaitScreen(FakePairing.TOKEN);
            client.type("\u0004");
            client.awaitExit();
        }

        assertThat(acts()).containsExactly("shell.open", "shell.close");
        Act opened = shell.audit.acts().get(0);
        assertThat(opened.actor()).isEqualTo(new Actor("local", "shell"));
        assertThat(opened.detail()).contains(" user " + System.getProperty("user.name") + " ");
    }

    @Test
    void aSessionWhoseClientGoesAwayIsClosedInTheAudit() throws Exception {
        TestClient client = TestClient.terminal(shell.socket());
        client.awaitScreen("> ");
        client.type("test:hang 8\r");
        client.awaitScreen("hanging 8");

        client.close();

        await().untilAsserted(
                        () -> assertThat(acts()).containsExactly("shell.open", "shell.close"));
    }

    @Test
    void ofOneCommandTheAuditHasTheNameAndNeverAnArgument() throws Exception {
        exitOf("link:token", "SECRET", "-y");
        exitOf("link:token SECRET | grep 'link:hosts; SECRET' ; SECRET");
        exitOf("SECRET");

        assertThat(acts()).containsOnly("shell.run").hasSize(3);
        assertThat(shell.audit.acts())
                .extracting(Act::subject)
                .containsExactly("link:token", "link:token grep", "");
        assertThat(shell.audit.acts().toString()).doesNotContain("SECRET");
    }

    @Test
    void theDoorOpensWhileTheAuditIsAway() throws Exception {
        shell.withoutAudit();

        assertThat(exitOf("echo", "hi")).isZero();
        assertThat(acts()).isEmpty();
    }

    @Test
    void onlyTheOwnerMayOpenIt() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.socket())))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(shell.socket().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void historyIsKeptInTheDataDirectoryWithoutTokens() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");
            client.type("echo remembered\r");
            client.awaitScreen("\r\nremembered");
            client.type("link:join SECRET\r");
            client.awaitScreen("not found");
            client.type("\u0004");
            client.awaitExit();
        }

        Path history = shell.base.resolve("data/shell/history");
        assertThat(Files.readString(history)).contains("echo remembered").doesNotContain("SECRET");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void stopEndsSessionsAndTakesTheSocketAway() throws Exception {
        try (TestClient client = TestClient.terminal(shell.socket())) {
            client.awaitScreen("> ");

            shell.shut();

            await().until(client::ended);
            assertThat(shell.socket()).doesNotExist();
        }
    }

    @Test
    void aSocketThatAKilledAgentLeftIsReplaced() throws Exception {
        shell.shut();
        Files.createFile(shell.socket());

        shell.open();

        assertThat(exitOf("echo", "hi")).isZero();
    }

    @Test
    void aPathThatIsTooLongIsRefusedWithTheFix() {
        ShellDoor door = new ShellDoor(shell.factory, shell.host);

        assertThatThrownBy(() -> door.start(TestShell.config("/tmp/" + "x".repeat(110))))
                .hasMessageContaining("at most 107")
                .hasMessageContaining("shorter --base");
    }

    @Test
    void theSeventeenthClientIsTurnedAway() throws Exception {
        List<TestClient> open = new java.util.ArrayList<>();
        for (int count = 0; count < 16; count++) {
            open.add(TestClient.terminal(shell.socket()));
        }
        open.get(15).awaitScreen("> ");

        try (TestClient late = command("", "echo", "hi")) {
            assertThat(late.awaitExit()).isEqualTo(5);
            assertThat(late.error()).contains("16 shell sessions");
        }
        for (TestClient client : open) {
            client.close();
        }
        await().ignoreExceptions().untilAsserted(() -> assertThat(exitOf("echo", "hi")).isZero());
    }

    private List<String> acts() {
        return shell.audit.acts().stream().map(Act::act).toList();
    }

    private TestClient command(String input, String... words) throws Exception {
        return TestClient.command(shell.socket(), input, '"' + String.join("\", \"", words) + '"');
    }

    private int exitOf(String... words) throws Exception {
        return shell.run("", words).code();
    }
}

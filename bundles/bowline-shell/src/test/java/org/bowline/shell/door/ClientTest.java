package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bowline.cli.Main;
import org.bowline.shell.FakePairing;
import org.bowline.shell.link.HostsCommand;
import org.bowline.shell.link.JoinCommand;
import org.bowline.shell.link.TokenCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in a process of its own, against the door in this one. */
class ClientTest {
    private final FakePairing pairing = new FakePairing();
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(List.of(HostsCommand.class, TokenCommand.class, JoinCommand.class), pairing);
        shell.install(HangCommand.class);
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void oneCommandReturnsItsOutputAndItsCode() throws Exception {
        assertThat(client("", "link:hosts", "-o", "json").out()).contains("\"name\" : \"alpha\"");
        TestShell.Ran unknown = client("", "no:such");
        assertThat(unknown.code()).isEqualTo(127);
        assertThat(unknown.error()).startsWith("Command not found: no:such");
    }

    @Test
    void standardInputReachesACommandThatReadsIt() throws Exception {
        TestShell.Ran ran = client(FakePairing.TOKEN + "\n", "link:join", "-y");

        assertThat(ran.error()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(pairing.acts).containsExactly("link");
    }

    @Test
    void withoutATerminalStandardInputIsTheScript() throws Exception {
        TestShell.Ran ran = client("echo one\necho two\n");

        assertThat(ran.out()).isEqualTo("one\ntwo\n");
    }

    @Test
    void withoutAnAgentItSaysHowToStartOne() throws Exception {
        shell.shut();

        TestShell.Ran ran = client("", "link:hosts");

        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.error()).contains("no agent answers").contains("bin/bowline-agent");
    }

    @Test
    void aTerminalHasASessionAndIsRestored() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "util-linux is not here");
        String line =
                "stty rows 41 cols 123; "
                        + String.join(" ", java("-Dbowline.tty=io"))
                        + " --base "
                        + shell.base
                        + "; echo code=$?; stty -a";
        Process process = new ProcessBuilder("script", "-qec", line, "/dev/null").start();
        StringBuffer screen = pump(process.getInputStream());
        OutputStream keys = process.getOutputStream();

        awaits(screen, "@alpha()> ");
        type(keys, "echo size-$COLUMNS-$LINES\r");
        awaits(screen, "size-123-41");
        type(keys, "test:hang 9\r");
        awaits(screen, "hanging 9");
        type(keys, "\u0003");
        await().until(() -> HangCommand.ENDED.contains("9"));
        type(keys, "link:tok\t");
        awaits(screen, "link:token");
        type(keys, "\r");
        awaits(screen, FakePairing.TOKEN);
        type(keys, "\u0004");

        awaits(screen, "code=0");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(screen.substring(screen.indexOf("code=0")))
                .contains(" icanon")
                .contains(" echo ");
    }

    private static void awaits(StringBuffer screen, String text) {
        await("screen with " + text)
                .atMost(Duration.ofSeconds(15))
                .until(() -> screen.indexOf(text) >= 0);
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private TestShell.Ran client(String input, String... words) throws Exception {
        List<String> command = java("-Dbowline.tty=");
        command.addAll(List.of("--base", shell.base.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new TestShell.Ran(process.waitFor(), out, error);
    }

    private static List<String> java(String option) throws Exception {
        Path classes =
                Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        option,
                        "-cp",
                        classes.toString(),
                        Main.class.getName()));
    }

    private static StringBuffer pump(InputStream from) {
        StringBuffer text = new StringBuffer();
        Thread pump =
                new Thread(
                        () -> {
                            try (from) {
                                byte[] bytes = new byte[4096];
                                for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
                                    text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                                }
                            } catch (IOException e) {
                                text.append(e);
                            }
                        },
                        "test-screen");
        pump.setDaemon(true);
        pump.start();
        return text;
    }
}

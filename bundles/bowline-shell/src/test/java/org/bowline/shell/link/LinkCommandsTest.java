package org.bowline.shell.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.FakePairing;
import org.bowline.shell.door.TestShell;
import org.bowline.shell.door.TestShell.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkCommandsTest {
    private static final List<Class<?>> COMMANDS =
            List.of(HostsCommand.class, JoinCommand.class, StatusCommand.class, TokenCommand.class);

    private final FakePairing pairing = new FakePairing();
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(COMMANDS, pairing);
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void hostsAsJsonIsWhatRestAnswers() throws Exception {
        pairing.rows =
                List.of(
                        FakePairing.row(FakePairing.SELF, "alpha", true, true),
                        FakePairing.row(FakePairing.OTHER, "beta", false, false));

        JsonNode items = json(shell.run("", "link:hosts", "-o", "json")).get("items");

        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("id").asText()).isEqualTo(FakePairing.SELF.value());
        assertThat(items.get(0).get("status").asText()).isEqualTo("ready");
        assertThat(items.get(0).get("role").isNull()).isTrue();
        assertThat(items.get(0).get("lastContact").asText()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(items.get(1).get("content").get("state").asText()).isEqualTo("synced");
    }

    @Test
    void hostsAsATableAlignsItsColumnsWithoutColoursInAPipe() throws Exception {
        assertThat(shell.run("", "link:hosts", "-c", "name,role,here").out())
                .isEqualTo("NAME   ROLE    HERE\nalpha  leader  *\n");
        assertThat(shell.run("", "link:hosts", "-c", "name,role", "--no-format").out())
                .isEqualTo("alpha\tleader\n");
        assertThat(shell.run("", "link:hosts | grep alpha").out()).startsWith("192.0.2.1  alpha");
    }

    @Test
    void anUnknownColumnIsAUsageErrorThatNamesTheColumns() throws Exception {
        Ran ran = shell.run("", "link:hosts", "-c", "nme");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.error()).contains("No column nme: there are address, name");
    }

    @Test
    void tokenLeadsAndShowsTheToken() throws Exception {
        Ran first = shell.run("", "link:token");

        assertThat(first.code()).isZero();
        assertThat(first.out()).contains(FakePairing.TOKEN).contains("bin/bowline link:join");
        assertThat(shell.run("", "link:token", "--no-format").out())
                .isEqualTo(FakePairing.TOKEN + "\n");
        assertThat(pairing.acts).containsExactly("start by local in shell");
    }

    @Test
    void joinReadsTheTokenFromStandardInputAndTellsEachStep() throws Exception {
        Ran ran = shell.run(FakePairing.TOKEN + "\n", "link:join", "--wait", "9", "-y");

        assertThat(ran.error()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("Leader beta")
                .contains("It brings: 1 content bundle")
                .contains("Gives way: the name of 1 content bundle")
                .contains("ok   Prove the token")
                .contains("Linked.");
        assertThat(pairing.acts).containsExactly("link");
    }

    @Test
    void joinWithoutATerminalDoesNotConfirmItself() throws Exception {
        Ran ran = shell.run(FakePairing.TOKEN + "\n", "link:join");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.error()).contains("-y");
        assertThat(pairing.acts).isEmpty();
    }

    @Test
    void aFailedCheckIsTheExitCodeAndNothingChanges() throws Exception {
        Reason other = new Reason(Refusal.OS_DIFFERS, "debian 12 here, ubuntu 24.04 there.");
        pairing.checks = List.of(new LinkPreview.Check("Same OS", "no", Optional.of(other)));

        Ran ran = shell.run(FakePairing.TOKEN, "link:join", "-y");

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.error())
                .isEqualTo(
                        """
                        The hosts run different operating systems: debian 12 here, ubuntu 24.04 there.
                        In agent mode link only hosts with the same OS and version.
                        """);
        assertThat(pairing.acts).isEmpty();
    }

    @Test
    void aBadTokenIsNamedOnceWithItsFix() throws Exception {
        Ran ran = shell.run("garbage\n", "link:join", "-y");

        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.error())
                .isEqualTo(
                        """
                        This is not a token: it is not base64: It has 7 characters.
                        Copy the whole token again.
                        """);
        assertThat(shell.run("", "link:join", "-y").code()).isEqualTo(6);
    }

    @Test
    void statusNeverShowsTheToken() throws Exception {
        pairing.leading = true;

        Ran ran = shell.run("", "link:status", "-o", "json");

        assertThat(json(ran).get("leader").get("leading").asBoolean()).isTrue();
        assertThat(ran.out()).doesNotContain(FakePairing.TOKEN);
        assertThat(shell.run("", "link:status").out()).startsWith("Leader: it generates tokens.");
    }

    @Test
    void statusOfAFollowerSaysSinceWhenItsLeaderIsLostAndWhetherItMayTakeOver() throws Exception {
        pairing.follower = true;
        pairing.lost = Optional.of(45L);
        pairing.rows =
                List.of(
                        FakePairing.row(FakePairing.SELF, "alpha", false, true),
                        FakePairing.row(FakePairing.OTHER, "beta", true, false));

        assertThat(shell.run("", "link:status").out())
                .startsWith("Follower of beta.\nIts leader is lost since ")
                .contains("Z, for 45 s.")
                .contains("Take over: possible, with link:takeover.");
        pairing.cannotTakeOver =
                Optional.of(new Reason(Refusal.LEADER_REACHABLE, "beta answered 3 s ago"));
        assertThat(shell.run("", "link:status").out())
                .contains("Take over: The leader can be reached: beta answered 3 s ago. Take over");
    }

    @Test
    void statusOfAChallengedLeaderSaysWhoTookOverAndWhatToDo() throws Exception {
        pairing.leading = true;
        pairing.challenge =
                Optional.of(
                        new LeaderView.Challenge(FakePairing.OTHER, "beta", "192.0.2.2", 2, 1, 4));

        Ran ran = shell.run("", "link:status");

        assertThat(ran.out())
                .contains(
                        "Challenged: beta (192.0.2.2) took over in generation 2; 1 of 4 members follow it.")
                .contains("link:yield")
                .contains("link:takeover");
        assertThat(json(shell.run("", "link:status", "-o", "json")).at("/leader/challenge/name"))
                .hasToString("\"beta\"");
    }

    @Test
    void statusListsTheLinksWithTheirCause() throws Exception {
        pairing.last =
                Optional.of(
                        new LinkView.Operation(
                                "op-2",
                                "beta",
                                LinkStatus.FAILED,
                                List.of(),
                                Optional.of(
                                        new Reason(Refusal.TOKEN_EXPIRED, "It did 12 s ago."))));

        assertThat(shell.run("", "link:status").out())
                .contains("Link: to beta, Failed. The token has expired: It did 12 s ago. Use");
    }

    @Test
    void aHostThatMovedShowsItsOldAddressAndTheNew() throws Exception {
        HostRow beta = FakePairing.row(FakePairing.OTHER, "beta", false, false);
        pairing.rows = List.of(FakePairing.moved(beta, "198.51.100.9"));

        assertThat(shell.run("", "link:hosts").out())
                .contains("198.51.100.9 -> 192.0.2.2")
                .doesNotContain("HEALTH-FIX");
        assertThat(shell.run("", "link:hosts", "-o", "wide").out())
                .contains("HEALTH-FIX")
                .contains("Look at its network.")
                .contains("2026-11-24T09:00:00Z")
                .contains("no: beta answers.");
        assertThat(shell.run("", "link:hosts", "-c", "name,health-reason,unlink").out())
                .endsWith("beta  It moved       yes\n");
        JsonNode row = json(shell.run("", "link:hosts", "-o", "json")).at("/items/0");
        assertThat(row.at("/moved/from/0").asText()).isEqualTo("198.51.100.9");
        assertThat(row.at("/cannotForget/code").asText()).isEqualTo("host-reachable");
    }

    @Test
    void aNameOfAnotherHostCannotSteerTheTerminal() throws Exception {
        pairing.rows =
                List.of(
                        FakePairing.row(
                                FakePairing.OTHER,
                                "b\u001B[2J\u001B]0;x\u0007\r\u009bz",
                                false,
                                false));

        assertThat(shell.run("", "link:hosts", "-c", "name", "--no-format").out())
                .isEqualTo("b?[2J?]0;x???z\n");
    }

    @Test
    void yamlIsReadable() throws Exception {
        assertThat(shell.run("", "link:hosts", "-o", "yaml").out())
                .startsWith("items:\n  - id: \"" + FakePairing.SELF + "\"\n    name: \"alpha\"\n");
    }

    @Test
    void aRoomThatIsAwaySaysSo(@TempDir Path other) throws Exception {
        shell.close();
        shell = new TestShell(other);
        shell.install(COMMANDS);

        Ran ran = shell.run("", "link:hosts");

        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.error()).contains("being updated").contains("Try again in a second.");
    }

    private static JsonNode json(Ran ran) throws Exception {
        assertThat(ran.code()).as(ran.error()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }
}

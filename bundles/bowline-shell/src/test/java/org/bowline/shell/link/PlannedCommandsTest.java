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
import org.bowline.api.pairing.Reason;
import org.bowline.shell.FakePairing;
import org.bowline.shell.door.TestShell;
import org.bowline.shell.door.TestShell.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shows its plan and asks. */
class PlannedCommandsTest {
    private final FakePairing pairing = new FakePairing();
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(
                List.of(
                        HostCompleter.class,
                        StopCommand.class,
                        TakeoverCommand.class,
                        UnlinkCommand.class,
                        YieldCommand.class),
                pairing);
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void takeoverShowsItsPlanAndWithoutAnAnswerChangesNothing() throws Exception {
        Ran ran = shell.run("", "link:takeover");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEqualTo("alpha: It hears of TAKE_OVER.\nStays: All content.\n");
        assertThat(ran.error()).contains("say it with -y");
        assertThat(shell.run("", "link:takeover", "--dry-run").code()).isZero();
        assertThat(pairing.acts).isEmpty();
    }

    @Test
    void takeoverIsDoneAsWhoAskedForIt() throws Exception {
        Ran ran = shell.run("", "link:takeover", "-y");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).endsWith("Who follows is in link:hosts.\n");
        assertThat(pairing.acts).containsExactly("take over by local");
    }

    @Test
    void aPlanThatIsRefusedIsNotCarriedOutAndItsCauseIsTheCode() throws Exception {
        pairing.cannotTakeOver =
                Optional.of(new Reason(Refusal.LEADER_REACHABLE, "beta answered 3 s ago."));

        Ran ran = shell.run("", "link:takeover", "-y");

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.error())
                .startsWith("The leader can be reached: beta answered 3 s ago.\nTake over only");
        assertThat(shell.run("", "link:takeover", "--dry-run").code()).isEqualTo(5);
        assertThat(pairing.acts).isEmpty();
    }

    @Test
    void asJsonThePlanAloneIsPrinted() throws Exception {
        JsonNode plan = json(shell.run("", "link:takeover", "-y", "-o", "json"));

        assertThat(plan.get("act").asText()).isEqualTo("take-over");
        assertThat(plan.at("/changes/0/host").asText()).isEqualTo("alpha");
        assertThat(plan.at("/stays/0").asText()).isEqualTo("All content.");
        assertThat(plan.get("refused").isNull()).isTrue();
        assertThat(pairing.acts).hasSize(1);
        assertThat(shell.run("", "link:takeover", "--dry-run", "-o", "yaml").out())
                .startsWith("act: \"take-over\"\nchanges:\n  - host: \"alpha\"\n");
    }

    @Test
    void aWrongFormatChangesNothing() throws Exception {
        assertThat(shell.run("", "link:takeover", "-y", "-o", "xml").code()).isEqualTo(2);
        assertThat(shell.run("", "link:takeover", "-y", "--nonsense").code()).isEqualTo(2);
        assertThat(pairing.acts).isEmpty();
    }

    @Test
    void onlyAChallengedLeaderYields() throws Exception {
        assertThat(shell.run("", "link:yield", "-y").code()).isEqualTo(5);
        assertThat(pairing.acts).isEmpty();
        pairing.challenge =
                Optional.of(
                        new LeaderView.Challenge(FakePairing.OTHER, "beta", "192.0.2.2", 2, 1, 4));

        Ran ran = shell.run("", "link:yield", "-y");

        assertThat(ran.out()).contains("link:aside");
        assertThat(pairing.acts).containsExactly("yield");
    }

    @Test
    void forgetTakesTheUnreachableOnly() throws Exception {
        HostRow beta = FakePairing.row(FakePairing.OTHER, "beta", false, false);
        pairing.rows = List.of(FakePairing.moved(beta, "198.51.100.9"));
        assertThat(shell.run("", "link:unlink", "beta", "--forget", "-y").error())
                .startsWith("The host can be reached: beta answers.");
        pairing.rows = List.of(beta);
        assertThat(shell.run("", "link:unlink", "beta", "--forget", "--dry-run").code()).isZero();
        assertThat(pairing.acts).isEmpty();

        Ran ran = shell.run("", "link:unlink", "--forget", "-y", "beta");

        assertThat(ran.out()).contains("beta is forgotten");
        assertThat(pairing.acts).containsExactly("forget " + FakePairing.OTHER);
        assertThat(shell.run("", "link:unlink", "--forget", "-y").code()).isEqualTo(2);
        assertThat(shell.run("", "link:unlink", "beta", "gamma", "-y").code()).isEqualTo(2);
    }

    @Test
    void unlinkFindsAFollowerByNameAddressOrId() throws Exception {
        pairing.rows =
                List.of(
                        FakePairing.row(FakePairing.SELF, "alpha", true, true),
                        FakePairing.row(FakePairing.OTHER, "beta", false, false));

        assertThat(shell.run("", "link:unlink", "beta", "--dry-run").code()).isZero();
        assertThat(pairing.acts).isEmpty();
        assertThat(shell.run("", "link:unlink", "beta").code()).isEqualTo(2);
        assertThat(shell.run("", "link:unlink", "beta", "-y").code()).isZero();
        assertThat(shell.run("", "link:unlink", "192.0.2.2", "-y").code()).isZero();
        assertThat(shell.run("", "link:unlink", "gamma", "-y").code()).isEqualTo(4);

        assertThat(pairing.acts)
                .containsExactly("unlink " + FakePairing.OTHER, "unlink " + FakePairing.OTHER);
    }

    @Test
    void twoHostsOfOneNameAreNotGuessed() throws Exception {
        HostRow row = FakePairing.row(FakePairing.OTHER, "twin", false, false);
        pairing.rows = List.of(row, row);

        assertThat(shell.run("", "link:unlink", "twin", "-y").code()).isEqualTo(2);
    }

    @Test
    void unlinkWithoutANameIsThisHostAndARefusalIsItsCode() throws Exception {
        assertThat(shell.run("", "link:unlink", "-y").code()).isEqualTo(5);
        pairing.follower = true;
        assertThat(shell.run("", "link:unlink", "-y").code()).isZero();
        assertThat(pairing.acts).containsExactly("unlink self");
    }

    @Test
    void stopIsRefusedWhileFollowersAreThere() throws Exception {
        pairing.leading = true;
        pairing.rows =
                List.of(
                        FakePairing.row(FakePairing.SELF, "alpha", true, true),
                        FakePairing.row(FakePairing.OTHER, "beta", false, false));

        Ran ran = shell.run("", "link:stop", "-y");

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.error()).contains("beta follows.").contains("Unlink all followers first.");
        pairing.rows = List.of(pairing.rows.get(0));
        assertThat(shell.run("", "link:stop", "-y").code()).isZero();
        assertThat(shell.run("", "link:stop", "-y").code()).isEqualTo(5);
    }

    private static JsonNode json(Ran ran) throws Exception {
        assertThat(ran.code()).as(ran.error()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }
}

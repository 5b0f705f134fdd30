package org.bowline.shell.diag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.audit.Act;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.Reason;
import org.bowline.shell.FakePairing;
import org.bowline.shell.door.TestShell;
import org.bowline.shell.door.TestShell.Ran;
import org.bowline.shell.link.HostCompleter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagCommandsTest {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    HostCompleter.class,
                    AuditCommand.class,
                    AuditVerifyCommand.class,
                    PingCommand.class);
    private static final Actor ADA = new Actor("ada", "rest");
    private static final Actor BOB = new Actor("bob", "shell");
    private static final HostCheck.Try ANSWERED =
            new HostCheck.Try("192.0.2.2:5081", 3, Optional.empty());
    private static final HostCheck.Try SILENT =
            new HostCheck.Try(
                    "198.51.100.2:5081",
                    2000,
                    Optional.of(new Reason(Refusal.PEER_UNREACHABLE, "Timed out.")));

    private final FakePairing pairing = new FakePairing();
    private final FakeAudit audit = new FakeAudit();
    private TestShell shell;

    @BeforeEach
    void openDoor(@TempDir Path base) throws Exception {
        shell = new TestShell(base);
        shell.install(COMMANDS, pairing, audit);
        pairing.rows =
                List.of(
                        FakePairing.row(FakePairing.SELF, "alpha", true, true),
                        FakePairing.row(FakePairing.OTHER, "beta", false, false));
        audit.record(Act.done(ADA, "leader.start", "", "alpha leads."));
        audit.record(Act.refused(BOB, "link.join", "", "token-expired", "12 s ago."));
        audit.record(Act.done(ADA, "link.unlink", FakePairing.OTHER.value(), "It left."));
        audit.record(Act.done(ADA, "content.add", "one", "It is here."));
    }

    @AfterEach
    void shutDoor() throws Exception {
        shell.close();
    }

    @Test
    void pingTellsEachAddressAndOneAnswerIsEnough() throws Exception {
        pairing.tries = List.of(SILENT, ANSWERED);

        Ran ran = shell.run("", "diag:ping", "beta");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("198.51.100.2:5081  no      2000  The host cannot be reached: Timed out.")
                .contains("192.0.2.2:5081     yes     3")
                .endsWith("It follows alpha.\n");
        JsonNode check = json(shell.run("", "diag:ping", "beta", "-o", "json"));
        assertThat(check.get("host").asText()).isEqualTo(FakePairing.OTHER.value());
        assertThat(check.at("/tries/0/failed/code").asText()).isEqualTo("peer-unreachable");
        assertThat(check.at("/tries/1/millis").asInt()).isEqualTo(3);
    }

    @Test
    void pingOfWhomNothingIsHeardIsUnreachable() throws Exception {
        pairing.tries = List.of(SILENT);

        Ran ran = shell.run("", "diag:ping", "beta");

        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.error())
                .startsWith("The host cannot be reached: beta answers on none of 1 addresses.");
        assertThat(shell.run("", "diag:ping", "gamma").code()).isEqualTo(4);
        assertThat(shell.run("", "diag:ping").code()).isEqualTo(2);
    }

    @Test
    void tabCompletesTheHostToPing() throws Exception {
        assertThat(shell.completed("diag:ping be")).contains("diag:ping beta");
    }

    @Test
    void auditListsTheNewestFirstWithNamesForIds() throws Exception {
        assertThat(shell.run("", "diag:audit", "--no-format", "--most", "2").out())
                .isEqualTo(
                        """
                        2026-11-24T10:00:03Z\talpha\tada\tcontent.add\tone\tdone\tIt is here.
                        2026-11-24T10:00:02Z\talpha\tada\tlink.unlink\tbeta\tdone\tIt left.
                        """);
    }

    @Test
    void auditTurnsPagesUntilEnoughIsFound() throws Exception {
        assertThat(acts("--act", "link")).containsExactly("link.unlink", "link.join");
        assertThat(acts("--act", "link.join")).containsExactly("link.join");
        assertThat(acts("--act", "lin")).isEmpty();
        assertThat(acts("--actor", "ada"))
                .containsExactly("content.add", "link.unlink", "leader.start");
        assertThat(acts("--actor", "ada", "--most", "1")).containsExactly("content.add");
        assertThat(acts("--before", "2026-11-24T11:00:01+01:00")).containsExactly("leader.start");
        assertThat(acts()).hasSize(4);
    }

    @Test
    void auditAsJsonIsAPageWithWhereToGoOn() throws Exception {
        JsonNode page =
                json(shell.run("", "diag:audit", "--actor", "ada", "--most", "1", "-o", "json"));

        assertThat(page.at("/items/0/act/outcome").asText()).isEqualTo("done");
        assertThat(page.at("/items/0/number").asInt()).isEqualTo(4);
        assertThat(page.get("next").asText()).isEqualTo("2026-11-24T10:00:03Z");
        assertThat(page.get("missing")).isEmpty();
    }

    @Test
    void aHostThatIsMissingFromTheMergedAuditIsNamed() throws Exception {
        audit.otherIsAway = true;

        Ran ran = shell.run("", "diag:audit", "--all");

        assertThat(ran.code()).isEqualTo(9);
        assertThat(ran.out()).contains("content.add");
        assertThat(ran.error()).isEqualTo("beta is missing: no answer in 5 s\n");
        assertThat(shell.run("", "diag:audit").code()).isZero();
    }

    @Test
    void malformedOptionsOfAuditAreUsageErrors() throws Exception {
        assertThat(shell.run("", "diag:audit", "--before", "noon").error())
                .contains("--before takes a time such as 2026-11-24T10:00:00Z, not noon");
        for (List<String> words :
                List.of(
                        List.of("--before", "noon"),
                        List.of("--most", "0"),
                        List.of("--most", "1001"),
                        List.of("--most", "many"),
                        List.of("-o", "xml"),
                        List.of("-o", "table", "-c", "nme"),
                        List.of("link"))) {
            assertThat(audit(words.toArray(String[]::new)).code()).as("%s", words).isEqualTo(2);
        }
    }

    @Test
    void aWholeLogVerifiesAndAFaultyOneIsDonePartly() throws Exception {
        Ran whole = shell.run("", "diag:audit-verify");
        assertThat(whole.code()).isZero();
        assertThat(whole.out()).endsWith("alpha  1-4    whole  \n");
        audit.faults.add("Line 3 does not name the hash of line 2.");

        Ran faulty = shell.run("", "diag:audit-verify", "beta");

        assertThat(faulty.code()).isEqualTo(9);
        assertThat(faulty.out())
                .contains("beta")
                .contains("faulty")
                .contains("Line 3 does not name the hash of line 2.");
    }

    @Test
    void verifyOfAllGoesOnPastAHostThatCannotBeAsked() throws Exception {
        audit.otherIsAway = true;

        Ran ran = shell.run("", "diag:audit-verify", "--all", "-o", "json");

        assertThat(ran.code()).isEqualTo(9);
        JsonNode proofs = new ObjectMapper().readTree(ran.out()).get("items");
        assertThat(proofs).hasSize(2);
        assertThat(proofs.at("/0/unread").asText()).isEmpty();
        assertThat(proofs.at("/1/unread").asText())
                .isEqualTo("The host cannot be reached: No answer in 5 s.");
        assertThat(shell.run("", "diag:audit-verify", "--all", "beta").code()).isEqualTo(2);
        assertThat(shell.run("", "diag:audit-verify", "gamma").code()).isEqualTo(4);
    }

    @Test
    void pingWorksWhileTheAuditIsAwayAndAuditSaysSo(@TempDir Path other) throws Exception {
        shell.close();
        shell = new TestShell(other);
        shell.install(COMMANDS, pairing);
        pairing.tries = List.of(ANSWERED);

        assertThat(shell.run("", "diag:ping", "beta").code()).isZero();
        Ran ran = shell.run("", "diag:audit");

        assertThat(ran.code()).isEqualTo(7);
        assertThat(ran.error()).contains("being updated");
    }

    private List<String> acts(String... options) throws Exception {
        List<String> acts = new ArrayList<>();
        json(audit(options)).get("items").forEach(line -> acts.add(line.at("/act/act").asText()));
        return acts;
    }

    private Ran audit(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("diag:audit"));
        words.addAll(List.of(options));
        if (!words.contains("-o")) {
            words.addAll(List.of("-o", "json"));
        }
        return shell.run("", words.toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) throws Exception {
        assertThat(ran.code()).as(ran.error()).isZero();
        return new ObjectMapper().readTree(ran.out());
    }
}

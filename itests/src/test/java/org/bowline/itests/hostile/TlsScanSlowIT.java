package org.bowline.itests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bowline.itests.Agent;
import org.bowline.itests.Places;
import org.bowline.itests.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Debian's testssl.sh and sslscan think of both ports of an agent. */
class TlsScanSlowIT {
    private static final Set<String> FINE = Set.of("OK", "INFO", "DEBUG");

    /** What testssl.sh holds against the certificate, or is not about TLS; each with its reason. */
    private static final Map<String, String> BY_DESIGN =
            Map.ofEntries(
                    Map.entry("cert_chain_of_trust", "self-signed: membership is trust, not a CA"),
                    Map.entry("cert_trust", "it names the key, not an address: ids are pinned"),
                    Map.entry("cert_subjectAltName", "likewise; addresses may change"),
                    Map.entry("cert_validityPeriod", "dates never decide: clocks are years off"),
                    Map.entry("cert_revocation", "who is unlinked is out at once, with no list"),
                    Map.entry("cert_serialNumberLen", "nobody issues a second one for that key"),
                    Map.entry("DNS_CAArecord", "no DNS in an airgap"),
                    Map.entry("HSTS", "browsers ignore it for addresses; nothing answers HTTP"),
                    Map.entry("engine_problem", "about the scanner's own OpenSSL"));

    private static Site site;
    private static Agent agent;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("scan");
        agent = site.start(Places.agent("alpha")).awaitReady();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void testsslFindsNothingAboveInformationalOnTheUiPort() throws Exception {
        assertThat(testssl(agent.files().ui())).isEmpty();
    }

    @Test
    void testsslFindsNothingAboveInformationalOnTheTransport() throws Exception {
        assertThat(testssl(agent.files().tls())).isEmpty();
    }

    @Test
    void sslscanFindsTls13WithAeadAloneOnBothPorts() throws Exception {
        for (int port : List.of(agent.files().ui(), agent.files().tls())) {
            Path output = run("sslscan", "--no-colour", "127.0.0.1:" + port);
            List<String> lines = Files.readAllLines(output);
            assertThat(lines)
                    .as(output.toString())
                    .contains("TLSv1.3   enabled")
                    .filteredOn(line -> line.matches("(SSL|TLS)v[0-9.]+ +enabled"))
                    .containsExactly("TLSv1.3   enabled");
            assertThat(lines)
                    .filteredOn(line -> line.matches("(Preferred|Accepted) .*"))
                    .hasSizeBetween(2, 3)
                    .allMatch(line -> line.matches(".* TLSv1\\.3 .* TLS_(AES|CHACHA20)_.*"));
            assertThat(lines)
                    .contains("Session renegotiation not supported")
                    .contains("TLSv1.3 not vulnerable to heartbleed");
        }
    }

    /** Findings that are not fine, by their ids. */
    private static Map<String, String> testssl(int port) throws Exception {
        Path json = Files.createTempDirectory("testssl").resolve("found.json");
        run(
                "testssl",
                List.of("--protocols", "--std", "--server-preference", "--pfs"),
                List.of("--server-defaults", "--headers", "--vulnerable"),
                List.of("--quiet", "--color", "0", "--warnings", "batch"),
                List.of("--jsonfile", json.toString(), "127.0.0.1:" + port));
        Map<String, String> found = new TreeMap<>();
        Map<String, String> all = new TreeMap<>();
        for (JsonNode finding : new ObjectMapper().readTree(json.toFile())) {
            String id = finding.path("id").asText().replaceFirst(" .*", "");
            String severity = finding.path("severity").asText();
            String text = severity + ": " + finding.path("finding").asText();
            all.put(id, text);
            if (!FINE.contains(severity) && !BY_DESIGN.containsKey(id)) {
                found.put(id, text);
            }
        }
        assertThat(all).as("what was looked at").containsEntry("TLS1_3", "OK: offered with final");
        assertThat(all).containsKeys("TLS1_2", "heartbleed", "secure_client_renego", "LUCKY13");
        return found;
    }

    @SafeVarargs
    private static Path run(String tool, List<String>... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        for (List<String> some : arguments) {
            command.addAll(some);
        }
        return run(tool, command.toArray(String[]::new));
    }

    /** Runs a tool of Debian's and answers what it printed; where there is none, the test fails. */
    private static Path run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(tool, ".txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            throw new AssertionError("install Debian's testssl.sh and sslscan: no " + tool, e);
        }
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(tool + " did not end in 5 min; see " + output);
        }
        return output;
    }
}

package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three packed agents from the first token to the last unlink: one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LinkIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Map<Path, Object> home;
    private static Site site;
    private static Agent a;
    private static Agent b;
    private static Agent c;
    private static String used;

    @BeforeAll
    static void start() throws Exception {
        home = written(Places.home());
        site = Places.site("link");
        a = site.start(Places.agent("alpha"));
        b = site.start(Places.agent("beta"));
        c = site.start(Places.agent("gamma"));
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void tokenHoldsTheLeadersAddressAndAOneTimePassword() throws Exception {
        JsonNode token = decoded(Site.token(a));

        assertThat(token.path("ip")).extracting(JsonNode::asText).containsExactly("127.0.0.1");
        assertThat(token.path("port").path("tls").asInt()).isEqualTo(a.files().tls());
        assertThat(Base64.getUrlDecoder().decode(token.path("otp").asText())).hasSize(16);
        assertThat(token.path("life").asInt()).isEqualTo(120);
    }

    @Test
    @Order(2)
    void aMalformedTokenIsRefusedByNameAndChangesNothing() throws Exception {
        JsonNode before = state(b);

        assertThat(refusal(b, "")).isEqualTo("token-empty");
        assertThat(refusal(b, "x".repeat(2_000))).isEqualTo("token-too-long");
        assertThat(refusal(b, "not base64!")).isEqualTo("token-not-base64");
        assertThat(refusal(b, base64("no json"))).isEqualTo("token-not-json");
        assertThat(refusal(b, base64("{\"v\":9}"))).isEqualTo("token-version-unknown");
        assertThat(refusal(b, base64("{\"v\":1,\"ip\":[\"edge-1\"]}")))
                .isEqualTo("token-field-invalid");
        assertThat(state(b)).isEqualTo(before);
    }

    @Test
    @Order(3)
    void theOwnTokenAndAnUnreachableLeaderAreRefused() throws Exception {
        JsonNode before = state(b);

        assertThat(refusal(a, Site.token(a))).isIn("token-own", "is-leader");
        String elsewhere = withPort(Site.token(a), AgentFiles.freePort("127.0.0.1"));
        assertThat(failure(b, elsewhere)).isEqualTo("leader-unreachable");
        String foreign = withPort(Site.token(a), c.files().tls());
        assertThat(failure(b, foreign)).isEqualTo("wrong-key");
        assertThat(state(b)).isEqualTo(before);
    }

    @Test
    @Order(4)
    void threeHostsShowTheSameTable() throws Exception {
        used = Site.token(a);
        Site.link(b, used, SOON);
        Site.link(c, Site.token(a), SOON);

        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 3, Site::synced, "three Synced hosts", SOON);
        }
        List<String> tables = new ArrayList<>();
        for (Agent agent : site.agents()) {
            tables.add(table(agent));
        }
        assertThat(tables).containsOnly("alpha leader ready, beta ready, gamma ready");
    }

    @Test
    @Order(5)
    void aUsedTokenIsRefusedAsUsedAndAFollowerLinksNoSecondTime() throws Exception {
        assertThat(refusal(c, Site.token(a))).isEqualTo("already-follower");
        try (Site other = Places.site("late")) {
            Agent late = other.start(Places.agent("delta")).awaitReady();
            JsonNode before = state(late);

            assertThat(failure(late, used)).isEqualTo("token-used");
            assertThat(state(late)).isEqualTo(before);
        }
    }

    @Test
    @Order(6)
    void aFollowerTakesNoUploadAndALeaderWithFollowersGoesOnLeading() throws Exception {
        Rest.Answer upload =
                b.rest().send("PUT", "/uploads/x.bin", BodyPublishers.ofString("bytes"));
        assertThat(upload.refusal()).isEqualTo("use-the-leader");
        assertThat(upload.body().path("detail").asText()).contains("127.0.0.1");

        Rest.Answer stop = a.rest().send("DELETE", "/leader", BodyPublishers.noBody());
        assertThat(stop.refusal()).isEqualTo("has-followers");
        assertThat(stop.body().path("fix").asText()).isNotEmpty();
    }

    @Test
    @Order(7)
    void everyHostKnowsItsGroupAfterAPowerCut() throws Exception {
        List<JsonNode> before = new ArrayList<>();
        for (Agent agent : site.agents()) {
            before.add(state(agent));
            agent.kill();
        }
        for (Agent agent : site.agents()) {
            agent.start();
        }
        for (int i = 0; i < 3; i++) {
            Agent agent = site.agents().get(i).awaitReady();
            Site.awaitHosts(agent, 3, Site::synced, "three Synced hosts again", SOON);
            assertThat(membership(state(agent))).isEqualTo(membership(before.get(i)));
        }
    }

    @Test
    @Order(8)
    void aFollowerUnlinksItselfAndALeaderUnlinksAFollower() throws Exception {
        b.rest().delete("/link");
        Site.awaitHosts(a, 2, row -> true, "beta gone", SOON);
        Site.awaitHosts(c, 2, row -> true, "beta gone", SOON);
        Site.awaitHosts(b, 1, row -> row.path("self").asBoolean(), "alone", SOON);

        a.rest().delete("/hosts/" + Site.row(a, "gamma").path("id").asText());
        Site.awaitHosts(a, 1, row -> row.path("self").asBoolean(), "alone", SOON);
        Site.awaitHosts(c, 1, row -> row.path("self").asBoolean(), "alone", SOON);
    }

    @Test
    @Order(9)
    void aLeaderWithoutFollowersStopsAndJoinsAnother() throws Exception {
        String dead = Site.token(a);
        a.rest().delete("/leader");
        assertThat(a.rest().get("/leader").path("leading").asBoolean()).isFalse();

        assertThat(failure(b, dead)).isIn("token-unknown", "token-refused");
        Site.link(a, Site.token(c), SOON);

        Site.awaitHosts(a, 2, Site::synced, "two Synced hosts", SOON);
        assertThat(table(c)).isEqualTo("gamma leader ready, alpha ready");
    }

    @Test
    @Order(10)
    void theShellDoesTheSameWithoutATerminal() throws Exception {
        Shell.Outcome hosts = Shell.run(c, "", "link:hosts", "-o", "json");
        assertThat(hosts.exitCode()).as(hosts.errors()).isZero();
        JsonNode rows = new ObjectMapper().readTree(hosts.output()).path("items");
        assertThat(rows)
                .extracting(row -> row.path("name").asText())
                .containsExactly("gamma", "alpha");

        Shell.Outcome token = Shell.run(c, "", "link:token", "--no-format");
        assertThat(token.exitCode()).as(token.errors()).isZero();
        Shell.Outcome joined = Shell.run(b, token.output(), "link:join", "-y");
        assertThat(joined.exitCode()).as(joined.errors()).isZero();
        Site.awaitHosts(b, 3, Site::synced, "three Synced hosts", SOON);

        assertThat(Shell.run(b, "nonsense", "link:join", "-y").exitCode()).isEqualTo(6);
        assertThat(Shell.run(b, "", "link:nonsense").exitCode()).isEqualTo(127);
        assertThat(Shell.run(c, "", "link:stop", "-y").exitCode()).isEqualTo(5);
        assertThat(Shell.run(b, "", "content:list").exitCode()).isZero();
        assertThat(Shell.run(b, "", "bundle:list").exitCode()).isZero();
        assertThat(Shell.run(b, "", "bundle:install", "file:/x.jar").exitCode()).isEqualTo(127);
        assertThat(Shell.run(b, "", "bundle:uninstall", "1").exitCode()).isEqualTo(127);
    }

    @Test
    @Order(11)
    void nothingListensButWhatIsDocumented() throws Exception {
        for (Agent agent : site.agents()) {
            assertThat(Listeners.of(agent.pid()))
                    .containsExactlyInAnyOrder(agent.files().ui(), agent.files().tls());
        }
    }

    @Test
    @Order(12)
    void theHomeThatAllAgentsShareIsNeverWritten() throws Exception {
        assertThat(written(Places.home())).isEqualTo(home);
    }

    /** When each file under a folder was written last. */
    private static Map<Path, Object> written(Path folder) throws IOException {
        Map<Path, Object> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private static String refusal(Agent agent, String token) throws IOException {
        return agent.rest().send("POST", "/link", Rest.json(Map.of("token", token))).refusal();
    }

    private static String failure(Agent agent, String token) throws IOException {
        return Site.failure(agent, token, SOON);
    }

    private static JsonNode state(Agent agent) throws IOException {
        return agent.rest().get("/diagnostics/state");
    }

    /** Who is in the group, leaving out what a restarted leader may write anew. */
    private static List<JsonNode> membership(JsonNode state) {
        return List.of(state.path("group"), state.path("generation"), state.path("members"));
    }

    private static String table(Agent agent) throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : agent.rest().get("/hosts").path("items")) {
            rows.add(
                    row.path("name").asText()
                            + (row.path("leader").asBoolean() ? " leader " : " ")
                            + row.path("status").asText());
        }
        return String.join(", ", rows);
    }

    private static JsonNode decoded(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getDecoder().decode(token));
    }

    private static String withPort(String token, int port) {
        String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        return base64(text.replaceFirst("\"tls\":\\d+", "\"tls\":" + port));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

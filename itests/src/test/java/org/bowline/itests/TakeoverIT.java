package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A leader is lost before there is a cluster (scenario 11): one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeoverIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LOST = Duration.ofSeconds(60);

    private static Site site;
    private static Agent a;
    private static Agent b;
    private static Agent c;

    @BeforeAll
    static void threeLinkedHostsWithContent() throws Exception {
        site = Places.site("takeover");
        a = site.start(Places.agent("alpha"));
        b = site.start(Places.agent("beta"));
        c = site.start(Places.agent("gamma"));
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
        Site.link(b, Site.token(a), SOON);
        Site.link(c, Site.token(a), SOON);
        upload(a, "before.bin");
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 3, Site::synced, "three Synced hosts", SOON);
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aFollowerShowsALostLeaderAndRefusesChanges() throws Exception {
        assertThat(refusal("POST", b, "/leader/takeover")).isEqualTo("leader-reachable");
        a.kill();

        for (Agent agent : List.of(b, c)) {
            Site.await(
                    "alpha unreachable on " + agent.name(),
                    SOON,
                    () -> health(agent, "alpha").equals("unreachable"));
        }
        assertThat(names(b)).containsExactly("before.bin");
        Rest.Answer answer = b.rest().send("PUT", "/uploads/no.bin", BodyPublishers.ofString("no"));
        assertThat(answer.refusal()).isEqualTo("use-the-leader");
        Site.await(
                "gamma and beta still see each other",
                SOON,
                () -> health(b, "gamma").equals("healthy") && health(c, "beta").equals("healthy"));
    }

    @Test
    @Order(2)
    void takeOverTellsWhatItWillDoAndThenTheOtherFollows() throws Exception {
        Site.await(
                "beta may take over",
                LOST,
                () -> b.rest().get("/leader").path("cannotTakeOver").isNull());
        JsonNode before = b.rest().get("/diagnostics/state");

        JsonNode plan = b.rest().post("/leader/takeover?dryRun=true", Map.of());
        assertThat(plan.path("changes").path(0).path("what").asText()).contains("generation 2");
        assertThat(plan.path("refused").isNull()).isTrue();
        assertThat(b.rest().get("/diagnostics/state")).isEqualTo(before);

        b.rest().post("/leader/takeover", Map.of());

        assertThat(b.rest().get("/leader").path("leading").asBoolean()).isTrue();
        Site.await("gamma follows beta", SOON, () -> leader(c).equals("beta"));
        upload(b, "after.bin");
        Site.await(
                "gamma has what beta took in",
                SOON,
                () -> names(c).contains("after.bin") && health(c, "beta").equals("healthy"));
    }

    @Test
    @Order(3)
    void everybodyStandsThereAgainAfterAPowerCut() throws Exception {
        b.kill();
        c.kill();
        b.start().awaitReady();
        c.start().awaitReady();

        assertThat(leader(b)).isEqualTo("beta");
        Site.await("gamma follows beta", SOON, () -> leader(c).equals("beta"));
        assertThat(generation(b)).isEqualTo(2);
        assertThat(generation(c)).isEqualTo(2);
    }

    @Test
    @Order(4)
    void theOldLeaderReturnsAndBecomesAFollower() throws Exception {
        a.start().awaitReady();

        Site.await("alpha follows beta", LOST, () -> leader(a).equals("beta"));
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 3, Site::synced, "three Synced hosts", LOST);
            assertThat(generation(agent)).isEqualTo(2);
            assertThat(names(agent)).containsExactlyInAnyOrder("before.bin", "after.bin");
        }
        assertThat(a.rest().get("/leader").path("leading").asBoolean()).isFalse();
        assertThat(a.rest().get("/group/aside").path("items")).isEmpty();
    }

    @Test
    @Order(5)
    void aHostThatWillNotReturnIsForgottenAndLearnsItOnReturn() throws Exception {
        String path = "/hosts/" + Site.row(b, "gamma").path("id").asText() + "?forget=true";
        assertThat(refusal("DELETE", b, path)).isEqualTo("host-reachable");
        c.kill();
        Site.await("gamma unreachable", SOON, () -> health(b, "gamma").equals("unreachable"));

        b.rest().delete(path);

        Site.awaitHosts(b, 2, row -> true, "gamma forgotten", SOON);
        Site.awaitHosts(a, 2, row -> true, "gamma forgotten", SOON);
        c.start().awaitReady();
        Site.awaitHosts(c, 1, row -> row.path("self").asBoolean(), "gamma alone", LOST);
        assertThat(names(c)).contains("before.bin", "after.bin");
    }

    @Test
    @Order(6)
    void aWipedFollowerIsAStrangerAndLinksAnew() throws Exception {
        Site.link(c, Site.token(b), SOON);
        c.kill();
        wipe(c.base().resolve("data"));
        c.start().awaitReady();
        Site.awaitHosts(c, 1, row -> row.path("self").asBoolean(), "gamma alone", SOON);
        Site.await("the old row unreachable", SOON, () -> health(b, "gamma").equals("unreachable"));
        String old = Site.row(b, "gamma").path("id").asText();

        Site.link(c, Site.token(b), SOON);
        b.rest().delete("/hosts/" + old + "?forget=true");

        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 3, Site::synced, "three Synced hosts", SOON);
        }
    }

    @Test
    @Order(7)
    void everyActStandsInTheAuditLogWhichIsWhole() throws Exception {
        assertThat(acts(b)).contains("leader.takeover", "link.forget", "link.admit");
        assertThat(acts(a)).contains("leader.yield", "leader.challenged");
        JsonNode merged = b.rest().get("/audit?host=all&most=500");
        assertThat(merged.path("missing")).isEmpty();
        assertThat(merged.path("items").findValuesAsText("host").stream().distinct())
                .contains(
                        Site.row(b, "alpha").path("id").asText(),
                        Site.row(b, "beta").path("id").asText());
        for (Agent agent : List.of(a, b)) {
            assertThat(agent.rest().get("/audit/verify").path("faults")).isEmpty();
        }
        String alpha = Site.row(b, "alpha").path("id").asText();
        assertThat(b.rest().get("/audit/verify?host=" + alpha).path("faults")).isEmpty();
    }

    private static List<String> acts(Agent agent) throws IOException {
        List<String> acts = new ArrayList<>();
        for (JsonNode line : agent.rest().get("/audit?most=500").path("items")) {
            acts.add(line.path("act").path("act").asText());
        }
        return acts;
    }

    private static void wipe(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void upload(Agent leader, String name) throws IOException {
        Rest.Answer answer =
                leader.rest()
                        .send(
                                "PUT",
                                "/uploads/" + name,
                                BodyPublishers.ofString(name.repeat(5000)));
        assertThat(answer.status()).as(answer.body().toString()).isLessThan(300);
    }

    private static List<String> names(Agent agent) throws IOException {
        return agent.rest().get("/content").path("items").findValuesAsText("name");
    }

    private static String health(Agent reader, String name) throws IOException {
        return Site.row(reader, name).path("health").path("state").asText();
    }

    private static String leader(Agent reader) throws IOException {
        for (JsonNode row : reader.rest().get("/hosts").path("items")) {
            if (row.path("leader").asBoolean()) {
                return row.path("name").asText();
            }
        }
        return "";
    }

    private static long generation(Agent agent) throws IOException {
        return agent.rest().get("/diagnostics/state").path("group").path("generation").asLong();
    }

    private static String refusal(String method, Agent agent, String path) throws IOException {
        return agent.rest().send(method, path, Rest.json(Map.of())).refusal();
    }
}

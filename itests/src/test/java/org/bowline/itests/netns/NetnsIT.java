package org.bowline.itests.netns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bowline.itests.Agent;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Places;
import org.bowline.itests.Rest;
import org.bowline.itests.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Four packed agents on a LAN that loses packets, splits, and moves addresses: one story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NetnsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HEALED = Duration.ofSeconds(90);

    private static final Map<Agent, Lab.Host> PLACES = new HashMap<>();
    private static final Map<String, Rest> RESTS = new HashMap<>();
    private static Lab lab;
    private static Site site;
    private static Agent a;
    private static Agent b;
    private static Agent c;
    private static Agent d;

    @BeforeAll
    static void fourLinkedHosts() throws Exception {
        lab = new Lab();
        site = Places.site("netns");
        a = agent("alpha", 11);
        b = agent("beta", 12);
        c = agent("gamma", 13);
        d = agent("delta", 14);
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
        for (Agent follower : List.of(b, c, d)) {
            Site.link(follower, Site.token(a), SOON);
        }
        awaitGreen(SOON);
    }

    private static Agent agent(String name, int number) throws IOException {
        Lab.Host host = lab.host(number);
        AgentFiles files =
                new AgentFiles(name, host.ip(), 5080, 5082, "", AgentFiles.secret(), "")
                        .with("bind: 0.0.0.0");
        Agent agent = site.add(files).inside(host.command());
        PLACES.put(agent, host);
        return agent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        for (Agent agent : site.agents()) {
            if (agent.alive()) {
                agent.kill();
            }
        }
        lab.close();
    }

    @Test
    @Order(1)
    void aFollowerWhoseAddressChangedIsFoundAgainAndItsRowShowsBoth() throws Exception {
        PLACES.get(d).moveTo("10.77.0.24");

        for (Agent agent : List.of(a, b, c)) {
            awaitRow(agent, "delta", row -> isAt(row, "10.77.0.24"), HEALED);
            JsonNode moved = row(agent, "delta").path("moved");
            assertThat(moved.path("from").path(0).asText()).isEqualTo("10.77.0.14");
            assertThat(moved.path("to").path(0).asText()).isEqualTo("10.77.0.24");
        }
        assertUploadReaches("after-move.bin", List.of(a, b, c, d));
    }

    @Test
    @Order(2)
    void aLeaderWhoseAddressChangedIsFoundAgainByAll() throws Exception {
        PLACES.get(a).moveTo("10.77.0.21");

        for (Agent agent : List.of(b, c, d)) {
            awaitRow(agent, "alpha", row -> isAt(row, "10.77.0.21"), HEALED);
        }
        assertUploadReaches("after-leaders-move.bin", List.of(a, b, c, d));
    }

    @Test
    @Order(3)
    void oneWayLossIsShownAndHealsByItself() throws Exception {
        PLACES.get(b).hearNothingOf(List.of(PLACES.get(a)));

        awaitRow(a, "beta", row -> health(row).equals("unreachable"), SOON);
        awaitRow(b, "alpha", row -> health(row).equals("unreachable"), SOON);
        awaitRow(b, "gamma", NetnsIT::isHealthy, SOON); // followers go on seeing each other
        lab.heal();
        awaitGreen(HEALED);
    }

    @Test
    @Order(4)
    void withAFifthOfThePacketsLostAHostLinksAndContentArrives() throws Exception {
        rest(c).delete("/link");
        Site.await("gamma alone", SOON, () -> rest(c).get("/hosts").path("items").size() == 1);
        for (Lab.Host host : PLACES.values()) {
            host.lose(0.2);
        }

        String token = rest(a).get("/leader/token").path("text").asText();
        JsonNode link = rest(c).post("/link?wait=60s", Map.of("token", token));
        assertThat(link.path("status").asText()).as(link.toString()).isEqualTo("completed");
        assertUploadReaches("through-loss.bin", List.of(a, b, c, d));

        lab.heal();
        awaitGreen(HEALED);
    }

    @Test
    @Order(5)
    void aSlowLinkSlowsNobodyElseDown() throws Exception {
        PLACES.get(d).slow("1mbit");
        PLACES.get(c).slow("1mbit");

        assertUploadReaches("slow.bin", List.of(a, b));
        assertUploadReaches("slow-2.bin", List.of(a, b, c, d));

        PLACES.get(d).fast();
        PLACES.get(c).fast();
        awaitGreen(HEALED);
    }

    @Test
    @Order(6)
    void duringASplitOneSideTakesOverAndWhenItHealsAllFollowTheHigherGeneration() throws Exception {
        List<Lab.Host> left = List.of(PLACES.get(a), PLACES.get(d));
        List<Lab.Host> right = List.of(PLACES.get(b), PLACES.get(c));
        try (Generations seen = new Generations(List.of(b, c))) {
            Lab.split(left, right);
            assertThat(refusal(b, "/leader/takeover")).isEqualTo("leader-reachable");
            Site.await(
                    "beta may take over",
                    Duration.ofSeconds(60),
                    () -> rest(b).get("/leader").path("cannotTakeOver").isNull());

            rest(b).post("/leader/takeover", Map.of());
            upload(a, "only-left.bin");
            awaitRow(c, "beta", row -> row.path("leader").asBoolean(), SOON);
            upload(b, "only-right.bin");
            assertThat(generation(a)).isEqualTo(1);
            assertThat(generation(d)).isEqualTo(1);
            assertThat(generation(c)).isEqualTo(2);

            lab.heal();
            for (Agent agent : site.agents()) {
                awaitRow(agent, "beta", row -> row.path("leader").asBoolean(), HEALED);
                assertThat(generation(agent)).isEqualTo(2);
            }
            awaitGreen(HEALED);
            assertThat(seen.faults()).isEmpty();
            assertThat(seen.steps(b)).isEqualTo(2);
        }
        JsonNode aside = rest(a).get("/group/aside").path("items");
        assertThat(aside).hasSize(1);
        assertThat(aside.toString()).contains("only-left.bin");
        assertThat(names(a)).contains("only-right.bin").doesNotContain("only-left.bin");
        for (Agent agent : site.agents()) {
            assertThat(names(agent)).isEqualTo(names(b));
        }
    }

    /** REST where the host is now. */
    private static Rest rest(Agent agent) {
        String url = "https://" + PLACES.get(agent).ip() + ":5080";
        return RESTS.computeIfAbsent(url, key -> new Rest(url, agent.token()));
    }

    private static void awaitGreen(Duration limit) throws IOException {
        for (Agent agent : site.agents()) {
            Site.await(
                    "four green hosts on " + agent.name(),
                    limit,
                    () -> {
                        int green = 0;
                        for (JsonNode row : rest(agent).get("/hosts").path("items")) {
                            green += isHealthy(row) && Site.synced(row) ? 1 : 0;
                        }
                        return green == site.agents().size();
                    });
        }
    }

    private interface Wanted {
        boolean is(JsonNode row);
    }

    private static void awaitRow(Agent reader, String name, Wanted wanted, Duration limit)
            throws IOException {
        JsonNode[] last = new JsonNode[1];
        try {
            Site.await(
                    name + " as wanted on " + reader.name(),
                    limit,
                    () -> {
                        for (JsonNode row : rest(reader).get("/hosts").path("items")) {
                            if (row.path("name").asText().equals(name)) {
                                last[0] = row;
                                return wanted.is(row);
                            }
                        }
                        return false;
                    });
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it is " + last[0], e);
        }
    }

    private static JsonNode row(Agent reader, String name) throws IOException {
        for (JsonNode row : rest(reader).get("/hosts").path("items")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new IOException("no row " + name);
    }

    private static boolean isAt(JsonNode row, String ip) {
        return isHealthy(row) && row.path("addresses").path(0).asText().equals(ip);
    }

    private static boolean isHealthy(JsonNode row) {
        return health(row).equals("healthy");
    }

    private static String health(JsonNode row) {
        return row.path("health").path("state").asText();
    }

    private static void upload(Agent leader, String name) throws IOException {
        Rest.Answer answer =
                rest(leader)
                        .send(
                                "PUT",
                                "/uploads/" + name,
                                BodyPublishers.ofString(name.repeat(20_000)));
        assertThat(answer.status()).as(answer.body().toString()).isLessThan(300);
    }

    private static void assertUploadReaches(String name, List<Agent> agents) throws IOException {
        Agent leader = site.agents().get(0);
        upload(leader, name);
        for (Agent agent : agents) {
            Site.await(
                    name + " on " + agent.name(),
                    HEALED,
                    () -> names(agent).contains(name) && isSynced(agent));
        }
    }

    private static boolean isSynced(Agent agent) throws IOException {
        for (JsonNode row : rest(agent).get("/hosts").path("items")) {
            if (row.path("self").asBoolean()) {
                return Site.synced(row);
            }
        }
        return false;
    }

    private static List<String> names(Agent agent) throws IOException {
        return rest(agent).get("/content").path("items").findValuesAsText("name");
    }

    private static long generation(Agent agent) throws IOException {
        return rest(agent).get("/diagnostics/state").path("group").path("generation").asLong();
    }

    private static String refusal(Agent agent, String path) throws IOException {
        return rest(agent).send("POST", path, Rest.json(Map.of())).refusal();
    }
}

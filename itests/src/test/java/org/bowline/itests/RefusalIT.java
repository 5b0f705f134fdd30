package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every refusal of rule 3 that stands in a host's description: named on both, nothing changed. */
class RefusalIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Site site;
    private static Agent leader;
    private static Agent host;
    private static AgentFiles plain;
    private static Path debian;
    private static Path ubuntu;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("refusal");
        Path files = Places.fresh("os-release");
        debian = Files.writeString(files.resolve("debian"), "ID=debian\nVERSION_ID=\"12\"\n");
        ubuntu = Files.writeString(files.resolve("ubuntu"), "ID=ubuntu\nVERSION_ID=\"24.04\"\n");
        leader = site.start(Places.agent("leader").with("osRelease: " + debian));
        plain = Places.agent("host");
        host = site.add(plain.with("osRelease: " + debian));
        leader.awaitReady();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void anotherOperatingSystemOrVersionIsRefusedInAgentMode() throws Exception {
        described(plain.with("osRelease: " + ubuntu));

        JsonNode reason = assertRefused("os-differs");

        assertThat(reason.path("detail").asText()).contains("debian 12", "ubuntu 24.04");
    }

    @Test
    void anotherDeploymentModeIsRefused() throws Exception {
        described(plain.with("deploymentMode: appliance\nosRelease: " + debian));

        JsonNode reason = assertRefused("deployment-mode-differs");

        assertThat(reason.path("detail").asText()).contains("agent", "appliance");
    }

    @Test
    void aHostThatAlreadyRunsAClusterIsRefusedWithItsName() throws Exception {
        Path marker = Files.writeString(host.base().resolve("k3s.yaml"), "a cluster");
        described(plain.with("osRelease: " + debian + "\nworkloadMarkers: [" + marker + "]"));

        JsonNode reason = assertRefused("has-workload");

        assertThat(reason.path("detail").asText()).contains(marker.toString());
    }

    @Test
    void aHostThatCannotBeReachedBackIsRefusedWithTheAddressAndTheError() throws Exception {
        String nowhere = "127.0.0.99";
        described(
                plain.with(
                        "osRelease: %s\nbind: 127.0.0.1\naddresses: [%s]"
                                .formatted(debian, nowhere)));

        JsonNode reason = assertRefused("follower-unreachable");

        assertThat(reason.path("detail").asText())
                .contains(nowhere)
                .containsIgnoringCase("refused");
    }

    @Test
    void withoutMultiNodeAHostIsNeitherLinkedNorDoesItLead() throws Exception {
        described(plain.with("stylus: {installationMode: airgap}\nosRelease: " + debian));

        assertNeitherLinkedNorLeads("multi-node-disabled", "stylus.enableMultiNode");
    }

    @Test
    void inAnotherInstallationModeAHostIsNeitherLinkedNorDoesItLead() throws Exception {
        described(
                plain.with(
                        "stylus: {enableMultiNode: true, installationMode: connected}\nosRelease: "
                                + debian));

        assertNeitherLinkedNorLeads("not-airgap", "connected");
    }

    @Test
    void theNewerSpellingWithoutPrefixLinksLikeTheOlderOne() throws Exception {
        described(
                plain.with(
                        "# instead of stylus\nenableMultiNode: true\nmanagementMode: local\nosRelease: "
                                + debian));

        Site.link(host, Site.token(leader), SOON);
        Site.awaitHosts(leader, 2, Site::synced, "two Synced hosts", SOON);
        host.rest().delete("/link");
        Site.awaitHosts(leader, 1, row -> true, "the leader alone", SOON);
    }

    /** The host starts anew with that description. */
    private static void described(AgentFiles files) throws IOException {
        if (host.alive()) {
            host.kill();
        }
        files.write(host.base());
        host.start().awaitReady();
    }

    /** Preview and link are refused with that cause on both hosts, and both are as they were. */
    private static JsonNode assertRefused(String cause) throws IOException {
        String token = Site.token(leader);
        List<JsonNode> before = states();

        JsonNode preview = host.rest().post("/link/preview", Map.of("token", token));
        assertThat(preview.path("passed").asBoolean()).isFalse();
        assertThat(preview.path("checks").findValuesAsText("code")).containsExactly(cause);
        assertThat(Site.failure(host, token, SOON)).isEqualTo(cause);

        JsonNode joining = leader.rest().get("/leader").path("joining").path(0);
        assertThat(joining.path("status").asText()).isEqualTo("failed");
        assertThat(joining.path("reason").path("code").asText()).isEqualTo(cause);
        assertThat(joining.path("reason").path("fix").asText()).isNotEmpty();
        assertThat(states()).isEqualTo(before);
        assertThat(Site.token(leader)).as("the token was not consumed").isEqualTo(token);
        assertThat(lastRefusal(host)).isEqualTo("link.join " + cause);
        assertThat(lastRefusal(leader)).isEqualTo("link.admit " + cause);
        return host.rest().get("/link").path("last").path("reason");
    }

    private static void assertNeitherLinkedNorLeads(String cause, String detail)
            throws IOException {
        String token = Site.token(leader);
        List<JsonNode> before = states();

        assertThat(Site.failure(host, token, SOON)).isEqualTo(cause);
        Rest.Answer lead = host.rest().send("POST", "/leader", Rest.json(Map.of()));
        assertThat(lead.refusal()).isEqualTo(cause);
        assertThat(lead.body().path("detail").asText()).contains(detail);
        assertThat(host.rest().get("/leader").path("cannotStart").path("code").asText())
                .isEqualTo(cause);
        assertThat(host.rest().get("/link").path("cannotLink").path("code").asText())
                .isEqualTo(cause);

        assertThat(states()).isEqualTo(before);
    }

    private static List<JsonNode> states() throws IOException {
        return List.of(
                leader.rest().get("/diagnostics/state"), host.rest().get("/diagnostics/state"));
    }

    private static String lastRefusal(Agent agent) throws IOException {
        JsonNode lines = agent.rest().get("/audit?outcome=refused&most=1").path("items");
        JsonNode act = lines.path(0).path("act");
        return act.path("act").asText() + " " + act.path("cause").asText();
    }

    /** Addresses are changed on the host alone, and never through Bowline. */
    @Test
    void anAddressIsNotChangedThroughBowline() throws Exception {
        described(plain.with("osRelease: " + debian));
        Site.link(host, Site.token(leader), SOON);
        List<JsonNode> before = states();
        String path = "/hosts/" + Site.row(leader, "host").path("id").asText();

        for (Agent agent : List.of(leader, host)) {
            Rest.Answer answer =
                    agent.rest()
                            .send(
                                    "PATCH",
                                    path,
                                    Rest.json(Map.of("addresses", List.of("127.0.0.2"))));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.refusal()).isEqualTo("address-fixed");
            assertThat(answer.body().path("title").asText())
                    .isEqualTo("You cannot update the IP address of a linked host");
        }

        assertThat(states()).isEqualTo(before);
        host.rest().send("DELETE", "/link", BodyPublishers.noBody());
        Site.awaitHosts(leader, 1, row -> true, "the leader alone", SOON);
    }
}

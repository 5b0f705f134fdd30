package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unlink from both sides in every state; each test begins and ends with two linked hosts. */
class UnlinkIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private static Site site;
    private static Agent leader;
    private static Agent follower;
    private static String leaderId;
    private static String followerId;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("unlink");
        leader = site.start(Places.agent("alpha"));
        follower = site.start(Places.agent("beta"));
        leader.awaitReady();
        follower.awaitReady();
        leaderId = Site.row(leader, "alpha").path("id").asText();
        followerId = Site.row(follower, "beta").path("id").asText();
        Site.token(leader);
        leader.rest().send("PUT", "/uploads/kept.bin", BodyPublishers.ofString("kept"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void link() throws Exception {
        Site.link(follower, Site.token(leader), SOON);
        Site.awaitHosts(leader, 2, Site::synced, "two Synced hosts", SOON);
        Site.awaitHosts(follower, 2, Site::synced, "two Synced hosts", SOON);
    }

    @AfterEach
    void bothAreAlone() throws Exception {
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, 1, row -> row.path("self").asBoolean(), "alone", SOON);
        }
        assertThat(content(follower)).containsExactly("kept.bin");
        assertThat(follower.rest().get("/link").path("cannotLink").isNull()).isTrue();
    }

    @Test
    void aFollowerIsFreeAtOnceWhileItsLeaderIsAway() throws Exception {
        leader.kill();

        follower.rest().delete("/link");

        Site.awaitHosts(follower, 1, row -> row.path("self").asBoolean(), "alone", SOON);
        leader.start().awaitReady();
    }

    @Test
    void aLeaderUnlinksAHostThatIsOffWhichLearnsItOnReturnAndKeepsNoSecret() throws Exception {
        follower.kill();

        leader.rest().delete("/hosts/" + followerId);

        Site.awaitHosts(leader, 1, row -> true, "alone", SOON);
        follower.start().awaitReady();
        Site.awaitHosts(follower, 1, row -> row.path("self").asBoolean(), "alone", SOON);
        assertThat(filesNaming(leaderId)).as("what is left of the group").isEmpty();
    }

    @Test
    void bothSidesAtOnceIsOneUnlink() throws Exception {
        CompletableFuture<Rest.Answer> here = later(follower, "/link");
        CompletableFuture<Rest.Answer> there = later(leader, "/hosts/" + followerId);

        assertThat(List.of(here.join().status(), there.join().status())).contains(204);
        assertThat(List.of(here.join().refusal(), there.join().refusal()))
                .isSubsetOf("", "not-follower", "host-unknown");
    }

    @Test
    void theSecondTimeThereIsNothingToUnlink() throws Exception {
        JsonNode plan = follower.rest().delete("/link?dryRun=true");
        assertThat(plan.path("changes")).isNotEmpty();
        assertThat(follower.rest().get("/link").path("follower").asBoolean()).isTrue();

        follower.rest().delete("/link");

        assertThat(refusal(follower, "/link")).isEqualTo("not-follower");
        Site.awaitHosts(leader, 1, row -> true, "alone", SOON);
        assertThat(refusal(leader, "/hosts/" + followerId)).isEqualTo("host-unknown");
        assertThat(refusal(leader, "/hosts/" + leaderId)).isEqualTo("not-follower");
    }

    private static CompletableFuture<Rest.Answer> later(Agent agent, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return agent.rest().send("DELETE", path, BodyPublishers.noBody());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String refusal(Agent agent, String path) throws IOException {
        return agent.rest().send("DELETE", path, BodyPublishers.noBody()).refusal();
    }

    private static List<String> content(Agent agent) throws IOException {
        return agent.rest().get("/content").path("items").findValuesAsText("name");
    }

    /**
     * The unlinked host's files that know the old leader: only logs, and who added content, may
     * remember it.
     */
    private static List<Path> filesNaming(String id) throws IOException {
        try (Stream<Path> files = Files.walk(follower.base().resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*/(audit|store)/.*"))
                    .filter(file -> names(file, id))
                    .toList();
        }
    }

    private static boolean names(Path file, String id) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(id);
        } catch (IOException e) {
            return false; // it was deleted meanwhile
        }
    }
}

package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Content on packed agents: a crash in the middle, a host that was away, one that comes late. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContentIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private static Path files;

    private static Site site;
    private static Agent a;
    private static Agent b;
    private static Agent c;

    @BeforeAll
    static void start() throws Exception {
        site = Places.site("content");
        a = site.start(Places.agent("alpha"));
        b = site.start(Places.agent("beta"));
        c = site.start(Places.agent("gamma").with("store: {quota: 200MiB}"));
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
        Site.link(b, Site.token(a), SOON);
        Site.link(c, Site.token(a), SOON);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aFileReachesEveryHostWithItsDigest() throws Exception {
        Path file = random("first.bin", 8 << 20);

        String digest = a.rest().upload(file, "first.bin").path("digest").asText();

        assertThat(digest).isEqualTo(sha256(file));
        awaitEverywhere(3);
        for (Agent agent : site.agents()) {
            assertThat(Site.digestOf(agent, digest)).isEqualTo(digest);
        }
    }

    @Test
    @Order(2)
    void aHostThatWasKilledMidTransferGoesOnAndOneThatWasAwayCatchesUp() throws Exception {
        c.kill();
        Path file = random("second.bin", 96 << 20);

        String digest = a.rest().upload(file, "second.bin").path("digest").asText();
        Site.await("beta has begun", SOON, () -> heldOnDisk(b) > (32 << 20));
        b.kill();
        long kept = heldOnDisk(b);
        b.start();
        c.start();
        b.awaitReady();
        c.awaitReady();

        assertThat(kept).as("chunks that survive the crash").isBetween(32L << 20, (104L << 20) - 1);
        awaitEverywhere(3);
        assertThat(Site.digestOf(b, digest)).isEqualTo(digest);
        assertThat(Site.digestOf(c, digest)).isEqualTo(digest);
    }

    @Test
    @Order(3)
    void aLatecomerReceivesEverything() throws Exception {
        Agent d = site.start(Places.agent("delta")).awaitReady();

        Site.link(d, Site.token(a), SOON);

        awaitEverywhere(4);
        for (JsonNode item : a.rest().get("/content").path("items")) {
            String digest = item.path("digest").asText();
            assertThat(Site.digestOf(d, digest)).isEqualTo(digest);
        }
    }

    @Test
    @Order(4)
    void badInputIsRefusedByNameAndListsNothing() throws Exception {
        int before = a.rest().get("/content").path("items").size();
        String unknown = "sha256:" + "0".repeat(64);

        assertThat(code("GET", "/content/" + unknown)).isEqualTo("content-unknown");
        assertThat(code("GET", "/content/sha256:xyz")).isEqualTo("content-digest-invalid");
        assertThat(a.rest().send("PUT", "/uploads/t.bin?digest=" + unknown, body()).refusal())
                .isEqualTo("checksum-mismatch");
        RawHttps.sendHalf(a, "/api/v1/uploads/half.bin", 1_000_000, new byte[1000]);
        Site.await(
                "the half upload is gone",
                SOON,
                () -> a.rest().get("/uploads").path("items").isEmpty());
        assertThat(a.rest().get("/content").path("items")).hasSize(before);
    }

    @Test
    @Order(5)
    void anUploadThatMeetsTheQuotaIsRefusedAndLeavesNothing() throws Exception {
        Path file = random("large.bin", 48 << 20);
        try (Site alone = Places.site("quota")) {
            Agent small =
                    alone.start(Places.agent("small").with("store: {quota: 32MiB}")).awaitReady();

            var known = small.rest().send("PUT", "/uploads/large.bin", BodyPublishers.ofFile(file));
            var unknown = small.rest().send("PUT", "/uploads/large.bin", ofUnknownLength(file));

            assertThat(List.of(known.refusal(), unknown.refusal())).containsOnly("store-full");
            assertThat(known.body().path("detail").asText()).matches("Needs .* has .*");
            assertThat(small.rest().get("/content").path("items")).isEmpty();
            Path fits = random("fits.bin", 8 << 20);
            Site.await(
                    "what was dropped is free again",
                    SOON,
                    () ->
                            small.rest()
                                            .send(
                                                    "PUT",
                                                    "/uploads/fits.bin",
                                                    BodyPublishers.ofFile(fits))
                                            .status()
                                    < 300);
        }
    }

    private static java.net.http.HttpRequest.BodyPublisher ofUnknownLength(Path file) {
        return BodyPublishers.ofInputStream(
                () -> {
                    try {
                        return Files.newInputStream(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    @Order(6)
    void aFullStoreStopsOneHostAndGoesOnWhenSpaceIsThere() throws Exception {
        Path file = random("third.bin", 120 << 20);

        String digest = a.rest().upload(file, "third.bin").path("digest").asText();

        Site.await("beta has it", SOON, () -> Site.synced(Site.row(b, "beta")));
        assertThat(Site.digestOf(b, digest)).isEqualTo(digest);
        Site.await(
                "gamma says what it needs",
                SOON,
                () -> {
                    JsonNode cell = Site.row(a, "gamma").path("content");
                    return cell.path("state").asText().equals("not-synced")
                            && cell.path("reason").asText().contains("needs");
                });
        for (JsonNode item : a.rest().get("/content").path("items")) {
            if (item.path("name").asText().equals("second.bin")) {
                a.rest().delete("/content/" + item.path("digest").asText());
            }
        }
        awaitEverywhere(4);
        assertThat(Site.digestOf(c, digest)).isEqualTo(digest);
    }

    @Test
    @Order(7)
    void afterAPowerCutOfAllHostsEverythingIsThereAndGoesOn() throws Exception {
        for (Agent agent : site.agents()) {
            agent.kill();
        }
        for (Agent agent : site.agents()) {
            agent.start();
        }
        for (Agent agent : site.agents()) {
            agent.awaitReady();
        }
        awaitEverywhere(4);

        String digest =
                a.rest().upload(random("last.bin", 4 << 20), "last.bin").path("digest").asText();

        awaitEverywhere(4);
        for (Agent agent : site.agents()) {
            for (JsonNode item : agent.rest().get("/content").path("items")) {
                String held = item.path("digest").asText();
                assertThat(Site.digestOf(agent, held)).isEqualTo(held);
            }
            assertThat(Site.digestOf(agent, digest)).isEqualTo(digest);
        }
    }

    private static java.net.http.HttpRequest.BodyPublisher body() {
        return BodyPublishers.ofString("some bytes");
    }

    private static String code(String method, String path) throws IOException {
        return a.rest().send(method, path, BodyPublishers.noBody()).refusal();
    }

    private static void awaitEverywhere(int hosts) throws IOException {
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, hosts, Site::synced, hosts + " Synced hosts", SOON);
        }
    }

    private static long heldOnDisk(Agent agent) throws IOException {
        long bytes = 0;
        Path chunks = agent.base().resolve("data/store/chunks");
        if (Files.exists(chunks)) {
            try (var all = Files.walk(chunks, 2)) {
                bytes = all.mapToLong(path -> path.toFile().length()).sum();
            } catch (UncheckedIOException e) {
                return 0; // a file went while it was looked at: look again
            }
        }
        return bytes;
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Site.sha256(in);
        }
    }

    /** Bytes that no compression makes smaller, the same each time. */
    private static Path random(String name, int size) throws IOException {
        Path file = files.resolve(name);
        Random random = new Random(name.hashCode());
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int done = 0; done < size; done += block.length) {
                random.nextBytes(block);
                out.write(block, 0, Math.min(block.length, size - done));
            }
        }
        return file;
    }
}

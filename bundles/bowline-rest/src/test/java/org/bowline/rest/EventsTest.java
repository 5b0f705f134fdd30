package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bowline.rest.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    /** A page that listens. */
    private final class Page {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final AtomicBoolean ended = new AtomicBoolean();

        Page(String role) throws Exception {
            HttpClient.newHttpClient()
                    .sendAsync(
                            stage.as(role, "/events").build(), HttpResponse.BodyHandlers.ofLines())
                    .thenAccept(answer -> answer.body().forEach(lines::add))
                    .whenComplete((done, failed) -> ended.set(true));
            await().until(() -> events("snapshot") == 1);
        }

        long events(String subject) {
            return lines.stream().filter(("event: " + subject)::equals).count();
        }

        /** The newest value of a subject. */
        JsonNode newest(String subject) throws Exception {
            await().until(() -> lines.indexOf("event: " + subject) + 1 < lines.size());
            int at = lines.lastIndexOf("event: " + subject);
            return Json.mapper().readTree(lines.get(at + 1).substring("data: ".length()));
        }
    }

    @TempDir Path data;
    Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(data);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void beginsWithAllThatThereIs() throws Exception {
        stage.content.list("bundle", new byte[3]);

        Page page = new Page("operator");

        JsonNode snapshot = page.newest("snapshot");
        assertThat(snapshot.fieldNames())
                .toIterable()
                .containsExactly("hosts", "leader", "link", "content", "sync", "aside");
        assertThat(snapshot.path("hosts").path("ready").asBoolean()).isTrue();
        assertThat(snapshot.path("content").path("items")).hasSize(1);
        assertThat(page.lines.get(0)).startsWith("id: ");
        assertThat(page.lines.get(1)).isEqualTo("event: snapshot");
    }

    @Test
    void tellsWhatChangedAndNothingElse() throws Exception {
        Page page = new Page("operator");

        stage.pairing.leading = true;
        await().until(() -> !stage.pairing.watchers.isEmpty());
        stage.pairing.changed();

        await().until(() -> page.events("leader") == 1);
        assertThat(page.newest("leader").path("token").path("text").asText())
                .isEqualTo(FakePairing.TOKEN);
        assertThat(page.events("hosts")).isZero();
        assertThat(page.events("content")).isZero();
    }

    @Test
    void aHostThatWasHeardOfAgainIsToldWithOtherNewsOrAfterAWhile() throws Exception {
        Page page = new Page("operator");
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.pairing.heard(Instant.EPOCH.plusSeconds(1));
        stage.pairing.leading = true;
        stage.pairing.changed();
        await().until(() -> page.events("leader") == 1);
        assertThat(page.events("hosts")).isZero();

        stage.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        stage.pairing.changed();
        await().until(() -> page.events("hosts") == 1);
        assertThat(page.newest("hosts").path("items").get(0).path("lastContact").asText())
                .isEqualTo("1970-01-01T00:00:01Z");

        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));
        stage.pairing.changed();
        await().until(() -> page.events("hosts") == 2);
    }

    @Test
    void oneRoundThatFailsIsNotTheLast() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.pairing.watchers.isEmpty());
        FakeContent next = new FakeContent();
        next.breaks = 2;

        stage.hub.catalogs = List.of(next);
        await().until(() -> next.watchers.size() == 1);
        next.list("bundle", new byte[3]);

        await().until(() -> page.events("content") == 1);
    }

    @Test
    void tellsNewContent() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.content.watchers.isEmpty());

        stage.content.list("bundle", new byte[3]);

        await().until(() -> page.events("sync") == 1);
        assertThat(page.newest("content").path("items").get(0).path("addedBy").asText())
                .isEqualTo("ann");
    }

    @Test
    void hidesTheTokenFromAViewer() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.pairing.leading = true;
        stage.pairing.changed();

        await().until(() -> page.events("leader") == 1);
        assertThat(page.newest("leader").path("leading").asBoolean()).isTrue();
        assertThat(String.join("\n", page.lines)).doesNotContain(FakePairing.TOKEN);
    }

    @Test
    void outlivesARoomThatIsUpdated() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.content.watchers.isEmpty());
        FakeContent next = new FakeContent();
        next.list("newer", new byte[5]);

        stage.hub.catalogs = List.of();
        await().until(() -> stage.content.watchers.isEmpty());
        stage.hub.catalogs = List.of(next);

        await().until(() -> page.events("content") == 1);
        assertThat(page.newest("content").path("items").get(0).path("name").asText())
                .isEqualTo("newer");
        assertThat(page.ended).isFalse();
    }

    @Test
    void endsWithTheTokenThatOpenedIt() throws Exception {
        var made = stage.send("admin", "POST", "/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}");
        AtomicBoolean ended = new AtomicBoolean();
        var request =
                stage.to("/events")
                        .header(
                                "Authorization",
                                "Bearer " + Stage.json(made).path("token").asText());
        HttpClient.newHttpClient()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenAccept(answer -> ended.set(true));
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.send("admin", "DELETE", "/tokens/" + Stage.json(made).path("id").asText(), "");

        await().untilTrue(ended);
    }

    @Test
    void watchesNothingWhileNobodyListens() throws Exception {
        assertThat(stage.pairing.watchers).isEmpty();
        Page page = new Page("viewer");
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.hub.stop();

        await().untilTrue(page.ended);
        assertThat(stage.pairing.watchers).isEmpty();
    }
}

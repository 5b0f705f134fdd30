package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bowline.api.pairing.LeaderView;
import org.bowline.rest.auth.Settings;
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
            this(stage.as(role, "/events"));
        }

        Page(HttpRequest.Builder request) throws Exception {
            listen(request.build());
            await().until(() -> events("snapshot") == 1);
        }

        /** One that comes back, having seen the event of that id. */
        Page(String role, String seen) throws Exception {
            listen(stage.as(role, "/events").header("Last-Event-ID", seen).build());
            await().until(() -> events("snapshot") == 1 || events("ping") == 1);
        }

        private void listen(HttpRequest request) {
            client.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                    .thenAccept(answer -> answer.body().forEach(lines::add))
                    .whenComplete((done, failed) -> ended.set(true));
        }

        /** The id of the newest event. */
        String seen() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .substring("id: ".length());
        }

        List<String> subjects() {
            return lines.stream()
                    .filter(line -> line.startsWith("event: "))
                    .map(line -> line.substring("event: ".length()))
                    .toList();
        }

        long events(String subject) {
            return lines.stream().filter(("event: " + subject)::equals).count();
        }

        /** The newest value of a subject. */
        JsonNode newest(String subject) throws Exception {
            await().until(() -> lines.indexOf("event: " + subject) + 1 < lines.size());
            int at = lines.lastIndexOf("event: " + subject);
            JsonNode value = Json.mapper().readTree(lines.get(at + 1).substring("data: ".length()));
            Contract.checkEvent(subject, value);
            return value;
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();

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
    void theFirstChangeIsToldAtOnceAndOnlyTheNextOfItsSubjectWaits() throws Exception {
        stage.close();
        stage = new Stage(data, Settings.provisioned(Stage.ROLES), Duration.ofHours(1));
        Page page = new Page("operator");
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.pairing.leading = true;
        stage.pairing.changed();
        await().until(() -> page.events("leader") == 1);
        stage.pairing.leading = false;
        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));
        stage.pairing.changed();
        await().until(() -> page.events("hosts") == 1); // of the same look

        assertThat(page.events("leader")).isEqualTo(1);
        assertThat(page.newest("leader").path("leading").asBoolean()).isTrue();
    }

    @Test
    void whatHadToWaitIsToldWithoutAnotherChange() throws Exception {
        Page page = new Page("operator");
        await().until(() -> !stage.pairing.watchers.isEmpty());
        stage.pairing.leading = true;
        stage.pairing.changed();
        await().until(() -> page.events("leader") == 1);

        stage.pairing.leading = false;
        stage.pairing.changed();

        await().until(() -> page.events("leader") == 2);
        assertThat(page.newest("leader").path("leading").asBoolean()).isFalse();
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
    void whoComesBackIsToldWhatChangedSinceAndNothingElse() throws Exception {
        Page page = new Page("operator");
        await().until(() -> !stage.pairing.watchers.isEmpty());
        String seen = page.seen();
        stage.pairing.leading = true;
        stage.pairing.changed();
        await().until(() -> page.events("leader") == 1);
        stage.content.list("bundle", new byte[3]);
        await().until(() -> page.events("sync") == 1 && page.events("content") == 1);

        Page back = new Page("operator", seen);

        assertThat(back.subjects()).containsExactly("leader", "content", "sync", "ping");
        assertThat(back.newest("leader").path("leading").asBoolean()).isTrue();
        assertThat(new Page("operator", back.seen()).subjects()).containsExactly("ping");
    }

    @Test
    void whoComesBackAfterNobodyListenedIsToldWhatChangedMeanwhile() throws Exception {
        var made = stage.send("admin", "POST", "/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}");
        String text = Stage.json(made).path("token").asText();
        Page page = new Page(stage.to("/events").header("Authorization", "Bearer " + text));
        await().until(() -> !stage.pairing.watchers.isEmpty());
        String seen = page.seen();
        stage.send("admin", "DELETE", "/tokens/" + Stage.json(made).path("id").asText(), "");
        await().until(() -> stage.pairing.watchers.isEmpty());
        stage.pairing.leading = true;

        Page back = new Page("viewer", seen);

        assertThat(back.subjects()).containsExactly("leader", "ping");
    }

    @Test
    void anIdOfAnotherStartOrOfAnotherRoleIsAnsweredByASnapshot() throws Exception {
        String seen = new Page("viewer").seen();

        assertThat(new Page("operator", seen).subjects()).containsExactly("snapshot");
        assertThat(new Page("viewer", "0" + seen).subjects()).containsExactly("snapshot");
        assertThat(new Page("viewer", "7").subjects()).containsExactly("snapshot");
        assertThat(new Page("viewer", seen).subjects()).containsExactly("ping");
    }

    @Test
    void tellsThatAnotherHostChallengesThisLeader() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.pairing.challenge =
                Optional.of(
                        new LeaderView.Challenge(FakePairing.OTHER, "other", "192.0.2.8", 2, 1, 3));
        stage.pairing.changed();

        await().until(() -> page.events("leader") == 1);
        assertThat(page.newest("leader").path("challenge").path("name").asText())
                .isEqualTo("other");
    }

    @Test
    void aLeaderThatIsLostForAnotherSecondIsNoNewsByItself() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.pairing.watchers.isEmpty());
        stage.pairing.leaderLost = Optional.of(30L);
        stage.pairing.changed();
        await().until(() -> page.events("link") == 1);

        stage.pairing.leaderLost = Optional.of(31L);
        stage.pairing.leading = true;
        stage.pairing.changed();
        await().until(() -> page.events("leader") == 1);

        assertThat(page.events("link")).isEqualTo(1);
        assertThat(page.newest("link").path("leaderLostSeconds").asInt()).isEqualTo(30);
    }

    @Test
    void tellsThatSomethingWasSetAsideButNotWhatItSays() throws Exception {
        Page page = new Page("viewer");
        await().until(() -> !stage.group.watchers.isEmpty());

        stage.group.set(AsideTest.aside("first"));

        await().until(() -> page.events("aside") == 1);
        assertThat(page.newest("aside").at("/items/0/count").asInt()).isEqualTo(3);
        assertThat(String.join("\n", page.lines)).doesNotContain("hidden-from-viewers");
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

package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bowline.api.audit.Act;
import org.bowline.rest.auth.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this room tells the audit of its own. */
class RecordsTest {
    private static final String RIGHT = "{\"name\":\"ann\",\"password\":\"correct horse\"}";

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

    private HttpResponse<String> post(String path, String body) throws Exception {
        return stage.send(
                stage.to(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private List<String> told() {
        return stage.audit.acts().stream()
                .map(
                        act ->
                                String.join(
                                        " ",
                                        act.actor().name(),
                                        act.act(),
                                        act.subject(),
                                        act.outcome().name().toLowerCase(),
                                        act.cause()))
                .toList();
    }

    @Test
    void whoSignsInAndOut() throws Exception {
        HttpResponse<String> in = post("/session", RIGHT);
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

        stage.send(
                stage.to("/session")
                        .header("Cookie", cookie)
                        .header("X-Bowline-Csrf", Stage.json(in).path("csrf").asText())
                        .DELETE());
        stage.send(stage.to("/session").DELETE());

        assertThat(told())
                .containsExactly("ann session.open ann done ", "ann session.close ann done ");
        assertThat(stage.audit.acts().get(0).detail()).isEqualTo("From 127.0.0.1");
    }

    @Test
    void whoIsRefusedButNeverThePassword() throws Exception {
        post("/session", RIGHT.replace("horse", "cow"));
        post("/session", "{\"name\":\"battery staple\",\"password\":\"\"}");
        stage.send(stage.to("/hosts").header("Authorization", "Bearer bowline_guessed"));
        stage.send(stage.to("/hosts").header("Authorization", "Bearer "));
        stage.send(stage.to("/hosts"));

        assertThat(told())
                .containsExactly(
                        "anybody session.refused ann refused sign-in-failed",
                        "anybody session.refused unknown user refused sign-in-failed",
                        "anybody session.refused  refused sign-in-required");
        assertThat(stage.audit.acts().toString())
                .contains("from 127.0.0.1")
                .doesNotContain("battery")
                .doesNotContain("correct cow")
                .doesNotContain("guessed");
    }

    @Test
    void hasteAtTheDoor() throws Exception {
        for (int i = 0; i < 6; i++) {
            post("/session", RIGHT.replace("horse", "cow"));
        }

        assertThat(told()).hasSize(6);
        assertThat(told().get(5))
                .isEqualTo("anybody session.refused ann refused sign-in-throttled");
    }

    @Test
    void apiTokensThatAreMadeAndTakenAwayButNeverTheirText() throws Exception {
        var made = stage.send("admin", "POST", "/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}");
        String id = Stage.json(made).path("id").asText();
        stage.send("admin", "DELETE", "/tokens/" + id, "");

        assertThat(told())
                .containsExactly(
                        "admin-token token.make " + id + " done ",
                        "admin-token token.remove " + id + " done ");
        assertThat(stage.audit.acts().toString())
                .doesNotContain(Stage.json(made).path("token").asText());
    }

    @Test
    void whoWantsMoreThanTheirRoleMay() throws Exception {
        stage.send("viewer", "DELETE", "/link", "");

        assertThat(told())
                .containsExactly(
                        "viewer-token request.refused DELETE /api/v1/link refused forbidden");
    }

    @Test
    void whatAnotherSiteOrAnotherNameSends() throws Exception {
        stage.send(stage.to("/hosts").header("Origin", "https://evil.example"));
        stage.send(stage.to("/hosts?secret=1").header("Host", "evil.example"));

        assertThat(told())
                .containsExactly(
                        "anybody request.refused GET /api/v1/hosts refused cross-site",
                        "anybody request.refused GET /api/v1/hosts refused host-name-unknown");
    }

    @Test
    void theFirstRunAndWhoGuessesAtIt(@TempDir Path fresh) throws Exception {
        try (Stage first = new Stage(fresh, Settings.fresh(5080))) {
            setUp(first, "guess");
            String code = Files.readString(fresh.resolve("ui/setup-code")).strip();
            setUp(first, code);
            setUp(first, code);

            assertThat(first.audit.acts())
                    .extracting(Act::cause)
                    .containsExactly("setup-code-wrong", "", "setup-done");
            assertThat(first.audit.acts()).extracting(Act::act).containsOnly("setup.admin");
            assertThat(first.audit.acts())
                    .extracting(Act::subject)
                    .containsExactly("unknown user", "eve", "eve");
            assertThat(first.audit.acts().toString())
                    .doesNotContain(code)
                    .doesNotContain("long enough");
        }
    }

    private static void setUp(Stage stage, String code) throws Exception {
        String body = "{\"code\":\"%s\",\"name\":\"eve\",\"password\":\"long enough it is\"}";
        stage.send(
                stage.to("/setup")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.formatted(code))));
    }

    @Test
    void strangersCannotFillTheDisk() throws Exception {
        for (int i = 0; i < 70; i++) {
            stage.send(stage.to("/hosts").header("Origin", "https://evil.example"));
        }
        assertThat(told()).hasSize(60);

        stage.access.pass(Duration.ofMinutes(1));
        stage.send(stage.to("/hosts").header("Origin", "https://evil.example"));

        assertThat(told()).hasSize(61);
        assertThat(stage.audit.acts().get(60).detail()).contains("10 more before it");
    }

    @Test
    void guessingIsNotHiddenBehindWhatElseIsRefused() throws Exception {
        for (int i = 0; i < 70; i++) {
            stage.send(stage.to("/hosts").header("Origin", "https://evil.example"));
            stage.send(stage.to("/hosts").header("Authorization", "Bearer guess" + i));
        }

        post("/session", RIGHT.replace("horse", "cow"));

        assertThat(told()).hasSize(121);
        assertThat(told().get(120)).endsWith("refused sign-in-failed");
        assertThat(stage.audit.acts().get(120).detail()).doesNotContain("more before it");
    }

    @Test
    void whatHappensWhileTheRoomOfTheAuditIsAwayIsWrittenWhenItIsBack() throws Exception {
        stage.access.audits();
        assertThat(post("/session", RIGHT).statusCode()).isEqualTo(200);
        assertThat(stage.audit.acts()).isEmpty();

        stage.access.audits(stage.audit);
        stage.get("viewer", "/hosts");

        assertThat(told()).containsExactly("ann session.open ann done ");
        assertThat(stage.audit.acts().get(0).detail()).contains(", at 1970-01-01T00:00:01Z");
    }
}

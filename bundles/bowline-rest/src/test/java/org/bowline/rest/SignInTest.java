package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String ANN = "{\"name\":\"ann\",\"password\":\"correct horse\"}";
    private static final String WRONG = "{\"name\":\"ann\",\"password\":\"battery staple\"}";

    @TempDir Path data;
    Stage stage;
    String cookie = "";
    String csrf = "";

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(data);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return stage.send(json(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder json(String path) {
        return stage.to(path).header("Content-Type", "application/json");
    }

    private void signIn() throws Exception {
        HttpResponse<String> answer = post("/session", ANN);
        assertThat(answer.statusCode()).isEqualTo(200);
        csrf = Stage.json(answer).path("csrf").asText();
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private HttpRequest.Builder page(String path) {
        return json(path).header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin");
    }

    private HttpRequest.Builder lead() {
        return page("/leader").POST(BodyPublishers.ofString("{}"));
    }

    @Test
    void setsACookieThatOnlyThisHostGets() throws Exception {
        HttpResponse<String> answer = post("/session", ANN);

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-bowline-" + stage.identity.id() + "=")
                .contains("Secure")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Domain")
                .doesNotContain("Expires");
        assertThat(Stage.json(answer).path("user").asText()).isEqualTo("ann");
        assertThat(Stage.json(answer).path("role").asText()).isEqualTo("admin");
    }

    @Test
    void staysSignedInUntilSignedOut() throws Exception {
        signIn();
        assertThat(Stage.json(stage.send(page("/session"))).path("csrf").asText()).isEqualTo(csrf);

        stage.send(page("/session").header("X-Bowline-Csrf", csrf).DELETE());

        assertThat(Stage.problem(stage.send(page("/session")))).isEqualTo("sign-in-required");
    }

    @Test
    void changesNothingWithoutTheWordOfItsOwnPage() throws Exception {
        signIn();

        assertThat(Stage.problem(stage.send(lead()))).isEqualTo("cross-site");
        assertThat(Stage.problem(stage.send(lead().header("X-Bowline-Csrf", "guess"))))
                .isEqualTo("cross-site");
        assertThat(stage.pairing.acts).isEmpty();
        assertThat(stage.send(lead().header("X-Bowline-Csrf", csrf)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatAnotherSiteSends() throws Exception {
        signIn();
        String own = "http://127.0.0.1:" + stage.port();

        var foreign =
                lead().header("X-Bowline-Csrf", csrf).header("Origin", "https://evil.example");
        var opaque = lead().header("X-Bowline-Csrf", csrf).header("Origin", "null");
        var site =
                json("/leader")
                        .header("Cookie", cookie)
                        .header("X-Bowline-Csrf", csrf)
                        .header("Sec-Fetch-Site", "same-site")
                        .POST(BodyPublishers.ofString("{}"));

        assertThat(Stage.problem(stage.send(foreign))).isEqualTo("cross-site");
        assertThat(Stage.problem(stage.send(opaque))).isEqualTo("cross-site");
        assertThat(Stage.problem(stage.send(site))).isEqualTo("cross-site");
        assertThat(stage.pairing.acts).isEmpty();
        assertThat(
                        stage.send(lead().header("X-Bowline-Csrf", csrf).header("Origin", own))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherSiteCannotSignABrowserIn() throws Exception {
        var foreign =
                json("/session")
                        .header("Origin", "https://evil.example")
                        .POST(BodyPublishers.ofString(ANN));

        assertThat(Stage.problem(stage.send(foreign))).isEqualTo("cross-site");
    }

    @Test
    void aSecondTabMaySignInWhileTheFirstIs() throws Exception {
        signIn();

        var again = page("/session").POST(BodyPublishers.ofString(ANN));

        assertThat(stage.send(again).statusCode()).isEqualTo(200);
    }

    @Test
    void idlesOutAfterFifteenMinutes() throws Exception {
        signIn();
        stage.access.pass(Duration.ofMinutes(14));
        assertThat(stage.send(page("/hosts")).statusCode()).isEqualTo(200);
        stage.access.pass(Duration.ofMinutes(14));
        assertThat(stage.send(page("/hosts")).statusCode()).isEqualTo(200);

        stage.access.pass(Duration.ofMinutes(15));

        assertThat(Stage.problem(stage.send(page("/hosts")))).isEqualTo("sign-in-required");
    }

    @Test
    void endsAfterEightHoursHoweverBusy() throws Exception {
        signIn();
        for (int i = 0; i < 47; i++) {
            stage.access.pass(Duration.ofMinutes(10));
            assertThat(stage.send(page("/hosts")).statusCode()).isEqualTo(200);
        }

        stage.access.pass(Duration.ofMinutes(10));

        assertThat(Stage.problem(stage.send(page("/hosts")))).isEqualTo("sign-in-required");
    }

    @Test
    void doesNotTellWhetherAUserExists() throws Exception {
        HttpResponse<String> wrong = post("/session", WRONG);
        HttpResponse<String> unknown = post("/session", WRONG.replace("ann", "bob"));

        assertThat(Stage.problem(wrong)).isEqualTo("sign-in-failed");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(stage.access.checks).hasValue(2);
    }

    @Test
    void slowsGuessingDownAndLocksNobodyOut() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(Stage.problem(post("/session", WRONG))).isEqualTo("sign-in-failed");
        }

        HttpResponse<String> hasty = post("/session", ANN);

        assertThat(Stage.problem(hasty)).isEqualTo("sign-in-throttled");
        assertThat(hasty.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(stage.access.checks).hasValue(5);
        stage.access.pass(Duration.ofSeconds(1));
        assertThat(post("/session", ANN).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesThreadsToOthersWhileStrangersAreSlow() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Socket socket = new Socket("127.0.0.1", stage.port());
            String head =
                    "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Length: 99\r\n\r\n{";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }

        await().untilAsserted(
                        () ->
                                assertThat(Stage.problem(post("/session", ANN)))
                                        .isEqualTo("sign-in-throttled"));
        assertThat(stage.get("viewer", "/hosts").statusCode()).isEqualTo(200);

        for (Socket socket : slow) {
            socket.close();
        }
        await().untilAsserted(() -> assertThat(post("/session", ANN).statusCode()).isEqualTo(200));
    }

    @Test
    void makesATokenThatIsShownOnceAndExpires() throws Exception {
        var made =
                stage.send(
                        "admin",
                        "POST",
                        "/tokens",
                        "{\"name\":\"backup\",\"role\":\"viewer\",\"days\":1}");
        String text = Stage.json(made).path("token").asText();
        var asked = stage.to("/hosts").header("Authorization", "Bearer " + text);

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(stage.send(asked).statusCode()).isEqualTo(200);
        assertThat(stage.get("admin", "/tokens").body()).contains("backup").doesNotContain(text);
        stage.access.pass(Duration.ofDays(1));
        assertThat(Stage.problem(stage.send(asked))).isEqualTo("sign-in-required");
        assertThat(stage.get("admin", "/tokens").body()).doesNotContain("backup");
    }

    @Test
    void takesATokenAway() throws Exception {
        var made = stage.send("admin", "POST", "/tokens", "{\"name\":\"ci\",\"role\":\"admin\"}");
        String text = Stage.json(made).path("token").asText();
        String id = Stage.json(made).path("id").asText();

        assertThat(stage.send("admin", "DELETE", "/tokens/" + id, "").statusCode()).isEqualTo(204);

        var asked = stage.to("/hosts").header("Authorization", "Bearer " + text);
        assertThat(Stage.problem(stage.send(asked))).isEqualTo("sign-in-required");
        assertThat(Stage.problem(stage.send("admin", "DELETE", "/tokens/" + id, "")))
                .isEqualTo("not-found");
    }

    @Test
    void makesNoTokenOfARoleThatIsNone() throws Exception {
        var refused =
                stage.send("admin", "POST", "/tokens", "{\"name\":\"x\",\"role\":\"anyone\"}");

        assertThat(Stage.problem(refused)).isEqualTo("request-invalid");
    }
}

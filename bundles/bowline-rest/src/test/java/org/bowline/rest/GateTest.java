package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
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
    void asksForASignInAndTellsNothingElse() throws Exception {
        HttpResponse<String> stranger = stage.send(stage.to("/hosts"));

        assertThat(Stage.problem(stranger)).isEqualTo("sign-in-required");
        assertThat(stranger.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"bowline\"");
    }

    @Test
    void knowsNoTokenThatWasNotProvisioned() throws Exception {
        var forged = stage.to("/hosts").header("Authorization", "Bearer provisioned-root");
        var basic = stage.to("/hosts").header("Authorization", "Basic YW5uOmFubg==");

        assertThat(Stage.problem(stage.send(forged))).isEqualTo("sign-in-required");
        assertThat(Stage.problem(stage.send(basic))).isEqualTo("sign-in-required");
    }

    @Test
    void sendsTheHeadersOfACarefulServerWithEveryAnswer() throws Exception {
        for (HttpResponse<String> answer :
                List.of(stage.get("viewer", "/hosts"), stage.send(stage.to("/no")))) {
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "[::1]", "192.0.2.7", "edge-1", "EDGE.example"})
    void answersByItsOwnNames(String name) throws Exception {
        var asked = stage.as("viewer", "/hosts").header("Host", name + ":5080");

        assertThat(stage.send(asked).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "192.0.2.9", "127.0.0.1.evil.example", "edge-2"})
    void explainsThatItIsNotKnownByAnotherName(String name) throws Exception {
        var asked = stage.as("viewer", "/hosts").header("Host", name);

        HttpResponse<String> refused = stage.send(asked);

        assertThat(refused.statusCode()).isEqualTo(421);
        assertThat(Stage.problem(refused)).isEqualTo("host-name-unknown");
        assertThat(Stage.json(refused).path("detail").asText()).contains(name);
        assertThat(Stage.json(refused).path("fix").asText()).contains("bowline.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hosts;x=1",
                "/hosts/..;/leader",
                "/hosts/%2e%2e/leader",
                "/%2E%2E/hosts",
                "/hosts//x",
                "//hosts",
                "/hosts/%00",
                "/hosts%2fx",
                "/hosts/../leader",
                "/hosts/%5c",
                "/hosts/%252e"
            })
    void refusesPathsThatCouldMeanTwoThings(String path) throws Exception {
        String answer = raw("GET /api/v1" + path + " HTTP/1.1\r\n", "");

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(answer).contains("application/problem+json").contains("request-invalid");
    }

    @Test
    void refusesLengthsThatContradictOneAnother() throws Exception {
        String answer =
                raw(
                        "POST /api/v1/leader HTTP/1.1\r\n",
                        "Content-Length: 2\r\nContent-Length: 3\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("request-invalid");
        assertThat(stage.pairing.acts).isEmpty();
    }

    private String raw(String request, String headers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", stage.port())) {
            OutputStream out = socket.getOutputStream();
            String all =
                    request
                            + "Host: localhost\r\nConnection: close\r\n"
                            + headers
                            + "Authorization: Bearer provisioned-admin\r\n\r\n";
            out.write(all.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void refusesACompressedBody() throws Exception {
        var compressed =
                stage.as("operator", "/leader")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(new byte[] {31, -117, 8}));

        assertThat(Stage.problem(stage.send(compressed))).isEqualTo("request-invalid");
        assertThat(stage.pairing.acts).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        String body = "{\"token\":\"" + "a".repeat(2_000_000) + "\"}";

        HttpResponse<String> refused = stage.send("operator", "POST", "/link", body);

        assertThat(Stage.problem(refused)).isEqualTo("request-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "{\"token\":{}}",
                "{\"token\":\"a\",\"token\":\"b\"}",
                "{} x"
            })
    void refusesWhatIsNotTheJsonThatItExpects(String body) throws Exception {
        HttpResponse<String> refused = stage.send("operator", "POST", "/link", body);

        assertThat(Stage.problem(refused)).isEqualTo("request-invalid");
        assertThat(stage.pairing.acts).isEmpty();
    }

    @Test
    void refusesNestingThatHasNoEnd() throws Exception {
        String deep = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

        assertThat(Stage.problem(stage.send("operator", "POST", "/link", deep)))
                .isEqualTo("request-invalid");
    }

    @Test
    void neverQuotesABodyThatMayHoldASecret() throws Exception {
        String body = "{\"token\":[\"hunter2\"]}";

        assertThat(stage.send("operator", "POST", "/link", body).body()).doesNotContain("hunter2");
    }

    @Test
    void tellsARoomThatIsAwayFromAPathThatNeverWas() throws Exception {
        var away = new AwayServlet();

        assertThat(away.unknown("/hosts/x").refusal().code()).isEqualTo("being-updated");
        assertThat(away.unknown("/nonsense").refusal().code()).isEqualTo("not-found");
        assertThat(Stage.problem(stage.get("viewer", "/nonsense"))).isEqualTo("not-found");
    }

    @Test
    void namesTheVerbsThatARouteHas() throws Exception {
        HttpResponse<String> refused = stage.send("admin", "PUT", "/leader", "");

        assertThat(Stage.problem(refused)).isEqualTo("method-not-allowed");
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, POST, DELETE");
    }

    @Test
    void keepsTheCauseOfAFailureToItself() throws Exception {
        stage.pairing.breaks = Optional.of(new IllegalStateException("secret cause"));

        HttpResponse<String> failed = stage.get("viewer", "/hosts");

        assertThat(Stage.problem(failed)).isEqualTo("internal");
        assertThat(failed.body()).doesNotContain("secret cause").doesNotContain("Exception");
    }
}

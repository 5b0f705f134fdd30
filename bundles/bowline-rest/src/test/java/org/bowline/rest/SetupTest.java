package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bowline.rest.auth.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    @TempDir Path data;

    private Stage fresh() throws Exception {
        return new Stage(data, Settings.fresh(5080));
    }

    private static HttpResponse<String> setUp(Stage stage, String code, String password)
            throws Exception {
        String body =
                "{\"code\":\"" + code + "\",\"name\":\"eve\",\"password\":\"" + password + "\"}";
        return stage.send(
                stage.to("/setup")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> signIn(Stage stage) throws Exception {
        return stage.send(
                stage.to("/session")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"name\":\"eve\",\"password\":\"long enough it is\"}")));
    }

    private String code() throws Exception {
        return Files.readString(data.resolve("ui/setup-code")).strip();
    }

    @Test
    void makesTheFirstAdminForWhoeverHoldsTheCode() throws Exception {
        try (Stage stage = fresh()) {
            var before = Stage.json(stage.send(stage.to("/setup")));
            assertThat(before.path("needed").asBoolean()).isTrue();
            assertThat(before.path("host").path("name").asText()).isEqualTo("edge-1");
            assertThat(before.path("host").path("id").asText())
                    .isEqualTo(stage.identity.id().value());
            String typed = code().toUpperCase().replace("-", " ");

            HttpResponse<String> done = setUp(stage, typed, "long enough it is");

            assertThat(done.statusCode()).isEqualTo(204);
            assertThat(data.resolve("ui/setup-code")).doesNotExist();
            assertThat(Stage.json(stage.send(stage.to("/setup"))).path("needed").asBoolean(true))
                    .isFalse();
            assertThat(signIn(stage).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheAdminOverARestart() throws Exception {
        try (Stage stage = fresh()) {
            setUp(stage, code(), "long enough it is");
        }

        try (Stage stage = fresh()) {
            assertThat(Stage.json(stage.send(stage.to("/setup"))).path("needed").asBoolean(true))
                    .isFalse();
            assertThat(signIn(stage).statusCode()).isEqualTo(200);
            assertThat(Stage.problem(setUp(stage, "any", "long enough it is")))
                    .isEqualTo("setup-done");
        }
    }

    @Test
    void keepsTheCodeOverARestart() throws Exception {
        fresh().close();
        String first = code();

        fresh().close();

        assertThat(code()).isEqualTo(first);
    }

    @Test
    void letsNobodyElseReadItsFiles() throws Exception {
        try (Stage stage = fresh()) {
            assertThat(mode("ui/setup-code")).isEqualTo("rw-------");
            setUp(stage, code(), "long enough it is");
            assertThat(mode("ui/users.json")).isEqualTo("rw-------");
        }
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }

    @Test
    void refusesAWrongCodeAndThenHaste() throws Exception {
        try (Stage stage = fresh()) {
            for (int i = 0; i < 5; i++) {
                assertThat(Stage.problem(setUp(stage, "guess", "long enough it is")))
                        .isEqualTo("setup-code-wrong");
            }
            assertThat(Stage.problem(setUp(stage, code(), "long enough it is")))
                    .isEqualTo("sign-in-throttled");
        }
    }

    @Test
    void refusesAWeakPasswordAndKeepsTheCode() throws Exception {
        try (Stage stage = fresh()) {
            assertThat(Stage.problem(setUp(stage, code(), "short"))).isEqualTo("password-weak");
            assertThat(setUp(stage, code(), "long enough it is").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void needsNoSetupWhereTheOperatorProvisionedAnAdmin() throws Exception {
        try (Stage stage = new Stage(data)) {
            assertThat(Stage.json(stage.send(stage.to("/setup"))).path("needed").asBoolean(true))
                    .isFalse();
            assertThat(data.resolve("ui/setup-code")).doesNotExist();
        }
    }
}

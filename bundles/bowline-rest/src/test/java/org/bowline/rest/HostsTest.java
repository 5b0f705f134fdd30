package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
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
    void tellsTheTableAndThatTheHostIsReady() throws Exception {
        var hosts = Stage.json(stage.get("viewer", "/hosts"));

        assertThat(hosts.path("ready").asBoolean()).isTrue();
        assertThat(hosts.path("items")).hasSize(1);
        var row = hosts.path("items").get(0);
        assertThat(row.path("id").asText()).isEqualTo(FakePairing.SELF.value());
        assertThat(row.path("status").asText()).isEqualTo("ready");
        assertThat(row.path("role").isNull()).isTrue();
        assertThat(row.path("lastContact").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(row.path("cannotUnlink").isNull()).isTrue();
    }

    @Test
    void isNotReadyWhileARoomIsAway() throws Exception {
        stage.readiness.catalogs = List.of();

        assertThat(Stage.json(stage.get("viewer", "/hosts")).path("ready").asBoolean(true))
                .isFalse();
        assertThat(stage.send(stage.to("/health")).body()).isEqualTo("{\"ready\":false}");
    }

    @Test
    void unlinksAFollowerAndItself() throws Exception {
        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));

        var other = stage.send("operator", "DELETE", "/hosts/" + FakePairing.OTHER, "");
        var self = stage.send("operator", "DELETE", "/hosts/" + FakePairing.SELF, "");

        assertThat(other.statusCode()).isEqualTo(204);
        assertThat(self.statusCode()).isEqualTo(204);
        assertThat(stage.pairing.acts)
                .containsExactly("unlink " + FakePairing.OTHER, "unlink self");
    }

    @Test
    void refusesADryRunItDoesNotHaveInsteadOfActing() throws Exception {
        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));

        var dry =
                stage.send(
                        "operator", "DELETE", "/hosts/" + FakePairing.OTHER + "?dryRun=true", "");

        assertThat(Stage.problem(dry)).isEqualTo("request-invalid");
        assertThat(stage.pairing.acts).isEmpty();
    }

    @Test
    void namesAHostThatIsNotThere() throws Exception {
        assertThat(Stage.problem(stage.get("viewer", "/hosts/" + FakePairing.OTHER)))
                .isEqualTo("host-unknown");
        assertThat(Stage.problem(stage.get("viewer", "/hosts/nonsense"))).isEqualTo("host-unknown");
    }

    @Test
    void leadsInTheNameOfWhoAsked() throws Exception {
        HttpResponse<String> started = stage.send("operator", "POST", "/leader", "{}");

        var leader = Stage.json(started);
        assertThat(leader.path("leading").asBoolean()).isTrue();
        assertThat(leader.path("token").path("text").asText()).isEqualTo(FakePairing.TOKEN);
        assertThat(leader.path("token").path("leftSeconds").asDouble()).isEqualTo(90.0);
        assertThat(stage.pairing.acts).containsExactly("start by operator-token through rest");
    }

    @Test
    void showsTheTokenToThoseWhoMayUseIt() throws Exception {
        stage.pairing.leading = true;

        assertThat(Stage.json(stage.get("viewer", "/leader")).path("token").isNull()).isTrue();
        assertThat(Stage.problem(stage.get("viewer", "/leader/token"))).isEqualTo("forbidden");
        assertThat(stage.get("operator", "/leader/token.txt").body())
                .isEqualTo(FakePairing.TOKEN + "\n");
        assertThat(Stage.json(stage.get("operator", "/leader/token")).path("text").asText())
                .isEqualTo(FakePairing.TOKEN);
    }

    @Test
    void hasNoTokenWhileItDoesNotLead() throws Exception {
        assertThat(Stage.problem(stage.get("operator", "/leader/token"))).isEqualTo("not-leading");
    }

    @Test
    void dumpsTheStateTheSameEachTime() throws Exception {
        var first = stage.get("admin", "/diagnostics/state");
        var second = stage.get("admin", "/diagnostics/state");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Stage.json(first).path("group").path("members")).hasSize(1);
        assertThat(Stage.json(first).path("slices").has("content")).isTrue();
    }
}

package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.Reason;
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
        var dry = stage.send("operator", "POST", "/leader?dryRun=true", "");

        assertThat(Stage.problem(dry)).isEqualTo("request-invalid");
        assertThat(stage.pairing.acts).isEmpty();
    }

    @Test
    void forgetsAHostOnlyWhenAskedTo() throws Exception {
        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));
        String other = "/hosts/" + FakePairing.OTHER;

        var odd = stage.send("operator", "DELETE", other + "?forget=maybe", "");
        var not = stage.send("operator", "DELETE", other + "?forget=false", "");
        var done = stage.send("operator", "DELETE", other + "?forget=true", "");

        assertThat(Stage.problem(odd)).isEqualTo("request-invalid");
        assertThat(not.statusCode()).isEqualTo(204);
        assertThat(done.statusCode()).isEqualTo(204);
        assertThat(stage.pairing.acts)
                .containsExactly("unlink " + FakePairing.OTHER, "forget " + FakePairing.OTHER);
    }

    @Test
    void tellsWhatEachDangerousActWouldDoWithoutDoingIt() throws Exception {
        stage.pairing.rows.add(FakePairing.row(FakePairing.OTHER, false));
        String other = "/hosts/" + FakePairing.OTHER;

        assertThat(planned("DELETE", other)).isEqualTo("unlink " + FakePairing.OTHER);
        assertThat(planned("DELETE", other + "?forget=true"))
                .isEqualTo("forget " + FakePairing.OTHER);
        assertThat(planned("DELETE", "/hosts/" + FakePairing.SELF)).isEqualTo("unlink this host");
        assertThat(planned("DELETE", "/link")).isEqualTo("unlink this host");
        assertThat(planned("DELETE", "/leader")).isEqualTo("stop-leading this host");
        assertThat(planned("POST", "/leader/takeover")).isEqualTo("take-over this host");
        assertThat(planned("POST", "/leader/yield")).isEqualTo("yield this host");
        assertThat(stage.pairing.acts).isEmpty();
    }

    private String planned(String method, String path) throws Exception {
        String dry = path + (path.contains("?") ? "&" : "?") + "dryRun=true";
        HttpResponse<String> answer = stage.send("operator", method, dry, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        var plan = Stage.json(answer);
        return plan.path("act").asText() + " " + plan.path("changes").get(0).path("host").asText();
    }

    @Test
    void aPlanThatIsRefusedTellsWhy() throws Exception {
        stage.pairing.planRefused =
                Optional.of(new Reason(Refusal.HAS_FOLLOWERS, "3 hosts are linked"));

        var plan = stage.send("operator", "DELETE", "/leader?dryRun=true", "");

        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(Stage.json(plan).path("refused").path("code").asText())
                .isEqualTo("has-followers");
    }

    @Test
    void refusesAddressesWithTheRuleAndABodyWithoutThem() throws Exception {
        String self = "/hosts/" + FakePairing.SELF;

        assertThat(Stage.problem(change(self, "{\"addresses\":[\"192.0.2.99\"]}")))
                .isEqualTo("address-fixed");
        assertThat(Stage.problem(change(self, "{\"addresses\":[\"not an address\"]}")))
                .isEqualTo("address-fixed");
        assertThat(Stage.problem(change(self, "{}"))).isEqualTo("request-invalid");
        assertThat(Stage.problem(change(self, "{\"addresses\":[null]}")))
                .isEqualTo("request-invalid");
        assertThat(Stage.problem(change(self, "{\"addresses\":[[]]}")))
                .isEqualTo("request-invalid");
        assertThat(Stage.problem(change("/hosts/nonsense", "{\"addresses\":[]}")))
                .isEqualTo("host-unknown");
    }

    private HttpResponse<String> change(String path, String body) throws Exception {
        return stage.send("operator", "PATCH", path, body);
    }

    @Test
    void checksWhetherAHostCanBeReached() throws Exception {
        var check = stage.send("operator", "POST", "/hosts/" + FakePairing.SELF + "/check", "");
        var unknown = stage.send("operator", "POST", "/hosts/" + FakePairing.OTHER + "/check", "");

        assertThat(Stage.json(check).path("tries")).hasSize(2);
        assertThat(Stage.json(check).path("tries").get(1).path("failed").path("code").asText())
                .isEqualTo("peer-unreachable");
        assertThat(Stage.problem(unknown)).isEqualTo("host-unknown");
    }

    @Test
    void tellsThatAHostMovedAndWhyItCannotBeForgotten() throws Exception {
        var row = Stage.json(stage.get("viewer", "/hosts/" + FakePairing.SELF));

        assertThat(row.path("moved").path("from").get(0).asText()).isEqualTo("192.0.2.6");
        assertThat(row.path("cannotForget").path("code").asText()).isEqualTo("host-reachable");
    }

    @Test
    void takesOverAndYieldsInTheNameOfWhoAsked() throws Exception {
        var unchallenged = stage.send("operator", "POST", "/leader/yield", "");
        stage.pairing.challenge =
                Optional.of(
                        new LeaderView.Challenge(FakePairing.OTHER, "other", "192.0.2.8", 2, 1, 3));

        var taken = stage.send("operator", "POST", "/leader/takeover", "");
        var yielded = stage.send("operator", "POST", "/leader/yield", "");

        assertThat(Stage.problem(unchallenged)).isEqualTo("not-challenged");
        assertThat(Stage.json(taken).path("leading").asBoolean()).isTrue();
        assertThat(Stage.json(taken).path("challenge").path("following").asInt()).isEqualTo(1);
        assertThat(yielded.statusCode()).isEqualTo(200);
        assertThat(stage.pairing.acts)
                .containsExactly("take over by operator-token", "yield by operator-token");
    }

    @Test
    void showsTheChecksOfAJoiningHostToAViewerButNoToken() throws Exception {
        stage.pairing.leading = true;
        var check = new LinkPreview.Check("Same system", "debian 12", Optional.empty());
        stage.pairing.joining.add(
                new LeaderView.Joining(
                        FakePairing.OTHER,
                        "other",
                        "192.0.2.8",
                        LinkStatus.PENDING,
                        List.of(check),
                        Optional.empty()));

        var leader = stage.get("viewer", "/leader");

        assertThat(Stage.json(leader).path("joining").get(0).path("checks")).hasSize(1);
        assertThat(leader.body()).doesNotContain(FakePairing.TOKEN);
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

package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.rest.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    private static final Actor ANN = new Actor("ann", "rest");
    private static final Actor BOB = new Actor("bob", "shell");

    @TempDir Path data;
    Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(data);
        stage.audit.record(Act.done(ANN, "link.join", "", "Linked to leader-1"));
        stage.audit.record(Act.refused(BOB, "link.join", "", "token-used", "It was used"));
        stage.audit.record(Act.done(BOB, "leader.start", "", "Leads"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private List<String> acts(String query) throws Exception {
        JsonNode items = Stage.json(stage.get("operator", "/audit" + query)).path("items");
        return items.findValues("act").stream()
                .filter(JsonNode::isObject)
                .map(act -> act.path("act").asText() + " by " + act.at("/actor/name").asText())
                .toList();
    }

    @Test
    void showsTheNewestFirst() throws Exception {
        assertThat(acts(""))
                .containsExactly("leader.start by bob", "link.join by bob", "link.join by ann");
        assertThat(acts("?most=1")).containsExactly("leader.start by bob");
        assertThat(acts("?host=all&most=2")).hasSize(2);
    }

    @Test
    void showsWhatFits() throws Exception {
        assertThat(acts("?act=link")).containsExactly("link.join by bob", "link.join by ann");
        assertThat(acts("?act=link.join&actor=ann")).containsExactly("link.join by ann");
        assertThat(acts("?outcome=refused")).containsExactly("link.join by bob");
        assertThat(acts("?actor=nobody")).isEmpty();
        assertThat(acts("?before=2000-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void showsOneHost() throws Exception {
        assertThat(acts("?host=" + stage.identity.id())).hasSize(3);
        assertThat(acts("?host=" + FakePairing.OTHER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "most=0",
                "most=1001",
                "most=ten",
                "before=yesterday",
                "outcome=good",
                "host=edge-2",
                "format=xml"
            })
    void refusesAQuestionThatItDoesNotUnderstand(String query) throws Exception {
        assertThat(Stage.problem(stage.get("operator", "/audit?" + query)))
                .isEqualTo("request-invalid");
    }

    @Test
    void givesAllOfItAsAFile() throws Exception {
        HttpResponse<String> file = stage.get("operator", "/audit?format=jsonl&act=link");

        assertThat(file.headers().firstValue("Content-Type")).hasValue("application/jsonl");
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        List<String> lines = file.body().lines().toList();
        assertThat(lines).hasSize(3);
        Contract.check(
                "/components/schemas/AuditEnd", Json.mapper().readTree(lines.get(2)), "the end");
        assertThat(Json.mapper().readTree(lines.get(0)).at("/act/cause").asText())
                .isEqualTo("token-used");
        assertThat(stage.get("operator", "/audit?format=jsonl&most=1").body().lines()).hasSize(2);
    }

    @Test
    void tellsThatAnotherHostCouldNotBeAsked() throws Exception {
        stage.unreadable.add(FakePairing.OTHER);

        assertThat(Stage.problem(stage.get("operator", "/audit/verify?host=" + FakePairing.OTHER)))
                .isEqualTo("peer-unreachable");
    }

    @Test
    void verifiesItsOwnLogOrAnothers() throws Exception {
        JsonNode own = Stage.json(stage.get("operator", "/audit/verify"));
        JsonNode other =
                Stage.json(stage.get("operator", "/audit/verify?host=" + FakePairing.OTHER));

        assertThat(own.path("host").asText()).isEqualTo(stage.identity.id().value());
        assertThat(own.path("last").asInt()).isEqualTo(3);
        assertThat(other.path("host").asText()).isEqualTo(FakePairing.OTHER.value());
        assertThat(Stage.problem(stage.get("operator", "/audit/verify?host=nonsense")))
                .isEqualTo("host-unknown");
    }
}

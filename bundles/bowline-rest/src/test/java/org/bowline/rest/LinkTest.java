package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bowline.api.pairing.LinkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {
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
    void beginsALinkThatIsFollowedAtItsLocation() throws Exception {
        var begun = stage.send("operator", "POST", "/link", "{\"token\":\" pasted\\n\"}");

        assertThat(begun.statusCode()).isEqualTo(202);
        String location = begun.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/api/v1/operations/op1");
        assertThat(stage.pairing.acts).containsExactly("link pasted");
        var operation = Stage.json(stage.get("viewer", "/operations/op1"));
        assertThat(operation.path("status").asText()).isEqualTo("pending");
        assertThat(operation.path("reason").isNull()).isTrue();
        assertThat(Stage.json(stage.get("viewer", "/operations")).path("items")).hasSize(1);
    }

    @Test
    void waitsForTheEndWhenAsked() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> link("?wait=30s"));
        await().until(() -> !stage.pairing.watchers.isEmpty());

        stage.pairing.end(LinkStatus.COMPLETED);

        HttpResponse<String> ended = answer.get(10, TimeUnit.SECONDS);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(Stage.json(ended).path("status").asText()).isEqualTo("completed");
        assertThat(stage.pairing.watchers).isEmpty();
    }

    private HttpResponse<String> link(String query) {
        try {
            return stage.send("operator", "POST", "/link" + query, "{\"token\":\"pasted\"}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void looksWithoutLinking() throws Exception {
        var preview = stage.send("operator", "POST", "/link/preview", "{\"token\":\"pasted\"}");
        var dry = stage.send("operator", "POST", "/link?dryRun=true", "{\"token\":\"pasted\"}");

        assertThat(Stage.json(preview).path("passed").asBoolean()).isTrue();
        assertThat(dry.body()).isEqualTo(preview.body());
        assertThat(stage.pairing.acts).containsExactly("preview pasted", "preview pasted");
    }

    @Test
    void tellsTheNamedCauseOfARefusal() throws Exception {
        var refused = stage.send("operator", "POST", "/link", "{}");

        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(refused.body())
                .isEqualTo(
                        "{\"type\":\"urn:bowline:problem:token-empty\",\"title\":\"No token was"
                                + " given\",\"status\":400,\"detail\":\"Nothing was pasted\","
                                + "\"fix\":\"Copy the token from the leader's Linked Edge Hosts"
                                + " page and paste it.\"}");
    }

    @Test
    void listsEveryLinkSinceTheStartAndFindsEach() throws Exception {
        link("");
        stage.pairing.end(LinkStatus.FAILED);
        link("");

        var all = Stage.json(stage.get("viewer", "/operations")).path("items");

        assertThat(all).extracting(one -> one.path("id").asText()).containsExactly("op2", "op1");
        assertThat(Stage.json(stage.get("viewer", "/operations/op1")).path("status").asText())
                .isEqualTo("failed");
        assertThat(Stage.json(stage.get("viewer", "/link")).path("operations")).hasSize(2);
    }

    @Test
    void knowsNoOtherOperation() throws Exception {
        assertThat(Stage.problem(stage.get("viewer", "/operations/op9"))).isEqualTo("not-found");
        assertThat(Stage.problem(stage.get("viewer", "/operations/op1?wait=1h")))
                .isEqualTo("request-invalid");
    }
}

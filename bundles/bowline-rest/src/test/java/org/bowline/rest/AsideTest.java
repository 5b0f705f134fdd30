package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.group.Aside;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideTest {
    @TempDir Path data;
    Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(data);
        stage.group.set(aside("first"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    static Aside aside(String id) {
        return new Aside(
                id,
                "groupaaaaaaaaaab",
                1,
                "groupaaaaaaaaaac",
                Instant.EPOCH,
                List.of(
                        put("item/1", "{\"name\":\"hidden-from-viewers\"}"),
                        put("item/2", "not json"),
                        new Aside.Item(
                                Aside.What.EXPELLED,
                                "members",
                                FakePairing.OTHER.value(),
                                null,
                                8,
                                null,
                                null,
                                null)));
    }

    private static Aside.Item put(String key, String value) {
        return new Aside.Item(
                Aside.What.PUT,
                "content",
                key,
                value.getBytes(StandardCharsets.UTF_8),
                7,
                new Actor("ann", "rest"),
                FakePairing.SELF,
                Instant.EPOCH);
    }

    @Test
    void showsValuesAsTheirRoomsWroteThem() throws Exception {
        var items = Stage.json(stage.get("admin", "/group/aside")).at("/items/0/items");

        assertThat(items).hasSize(3);
        assertThat(items.at("/0/value/name").asText()).isEqualTo("hidden-from-viewers");
        assertThat(items.at("/0/actor/name").asText()).isEqualTo("ann");
        assertThat(items.at("/1/value").asText()).isEqualTo("not json");
        assertThat(items.at("/2/what").asText()).isEqualTo("expelled");
        assertThat(items.at("/2/value").isNull()).isTrue();
    }

    @Test
    void deletesOneAndRecordsWhoAsked() throws Exception {
        stage.group.set(aside("second"));

        var done = stage.send("admin", "DELETE", "/group/aside/first", "");

        assertThat(done.statusCode()).isEqualTo(204);
        assertThat(stage.group.asides).extracting(Aside::id).containsExactly("second");
        Act recorded = stage.audit.acts().get(0);
        assertThat(recorded.act()).isEqualTo("group.drop-aside");
        assertThat(recorded.actor().name()).isEqualTo("admin-token");
        assertThat(recorded.subject()).isEqualTo("first");
        assertThat(Stage.problem(stage.send("admin", "DELETE", "/group/aside/first", "")))
                .isEqualTo("not-found");
    }

    @Test
    void tellsWhatDeletingWouldDo() throws Exception {
        var plan = stage.send("admin", "DELETE", "/group/aside/first?dryRun=true", "");

        assertThat(Stage.json(plan).at("/changes/0/host").asText()).isEqualTo("edge-1");
        assertThat(Stage.json(plan).at("/changes/0/what").asText()).contains("3 changes");
        assertThat(stage.group.asides).hasSize(1);
        assertThat(stage.audit.acts()).isEmpty();
    }
}

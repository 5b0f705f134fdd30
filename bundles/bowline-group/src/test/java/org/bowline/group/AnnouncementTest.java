package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.bowline.api.group.GroupView;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementTest {
    @TempDir Path data;

    @Test
    void everyHostSaysWhichGroupItIsInAndHowFarItIs() throws IOException {
        LoopbackNetwork network = new LoopbackNetwork();
        try (GroupHost a = GroupHost.start(network, "a", data);
                GroupHost b = GroupHost.start(network, "b", data)) {
            a.link(b);
            a.write("one");

            await().untilAsserted(() -> assertThat(said(a)).isEqualTo(at(a.view())));
            await().untilAsserted(() -> assertThat(said(b)).isEqualTo(at(a.view())));
        }
    }

    private static JsonNode said(GroupHost host) throws IOException {
        String text = host.presence.heard().get(host.id()).text("group").orElse("");
        return new JsonMapper().readTree(text);
    }

    /** As it stands on the wire for ever. */
    private static JsonNode at(GroupView view) throws IOException {
        return new JsonMapper()
                .readTree(
                        "{\"id\":\"%s\",\"generation\":%d,\"revision\":%d}"
                                .formatted(view.id(), view.generation(), view.revision()));
    }
}

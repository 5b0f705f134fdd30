package org.bowline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.MemoryPresence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedAuditTest {
    @TempDir Path data;
    private AuditHost host;

    @BeforeEach
    void host() throws IOException {
        host = new AuditHost(new LoopbackNetwork(), new MemoryPresence.Board(), data);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private String head() {
        return host.presence.heard().get(host.id()).text("audit").orElse("");
    }

    @Test
    void theNewestHeadIsSaidInPresence() throws IOException {
        assertThat(head()).isEmpty();
        host.act(1);
        host.act(2);
        String hash = host.audit().own(1, Optional.empty()).lines().get(0).hash();

        await().until(() -> head().equals("{\"number\":2,\"hash\":\"" + hash + "\"}"));
    }

    @Test
    void aFloodOfRefusalsGivesTwoLines() throws IOException {
        Act refused =
                Act.refused(new Actor("anna", "rest"), "session.open", "", "wrong-password", "No.");
        for (int i = 0; i < 10_000; i++) {
            host.audit().record(refused);
        }
        host.stop();
        host.start();

        assertThat(host.audit().own(10, Optional.empty()).lines())
                .extracting(line -> line.act().detail())
                .containsExactly("9999 more times within 10 s", "No.");
    }

    @Test
    void healthComplainsUntilTheGapIsSaid() throws IOException {
        AuditHealth health = new AuditHealth(host.audit());
        host.act(1);
        assertThat(health.complaint()).isEmpty();
        Path audit = data.resolve("audit");
        Path away = data.resolve("away");
        Files.move(audit, away);
        Files.writeString(audit, "in the way");

        host.act(2);
        assertThat(health.complaint())
                .hasValueSatisfying(
                        complaint ->
                                assertThat(complaint.reason())
                                        .startsWith("The audit log cannot be written since 2026"));

        Files.delete(audit);
        Files.move(away, audit);
        await().until(() -> health.complaint().isEmpty());
        assertThat(host.audit().own(1, Optional.empty()).lines().get(0).act().act())
                .isIn("audit.gap", "audit.mended");
        assertThat(host.audit().verify(host.id()).faults()).isEmpty();
    }

    @Test
    void aLogThatCannotBeOpenedStopsNothing() throws IOException {
        host.stop();
        Path audit = data.resolve("audit");
        Files.move(audit, data.resolve("away"));
        Files.writeString(audit, "in the way");

        host.start();
        host.act(1);

        assertThat(host.audit().merged(5, Optional.empty()).missing().get(host.id()))
                .startsWith("its log cannot be read");
        assertThat(new AuditHealth(host.audit()).complaint()).isPresent();
    }
}

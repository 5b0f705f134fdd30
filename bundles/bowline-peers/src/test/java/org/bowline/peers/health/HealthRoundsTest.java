package org.bowline.peers.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.HealthCheck;
import org.bowline.api.peers.HealthReport;
import org.bowline.api.peers.Presence;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class HealthRoundsTest {
    private final HostId self = new TestIdentity().id();
    private final MemoryPresence presence =
            new MemoryPresence(new MemoryPresence.Board(), self, "boot");
    private final HealthRounds rounds = new HealthRounds(presence);

    @Test
    void aHostWithoutComplaintsIsHealthy() throws IOException {
        rounds.checks = List.of(check("store-space", Optional.empty()));

        rounds.round();

        assertThat(said()).isEqualTo(HealthReport.HEALTHY);
        assertThat(presence.heard().get(self).text(HealthReport.KEY))
                .contains("{\"state\":\"healthy\",\"reason\":\"\",\"fix\":\"\"}");
    }

    @Test
    void everyComplaintIsSaidWithItsFix() throws IOException {
        rounds.checks =
                List.of(
                        check("store-space", complaint("The disk is full", "Free some space")),
                        check("clock", complaint("The clock stands", "Set it")));

        rounds.round();

        assertThat(said().state()).isEqualTo(HealthReport.State.UNHEALTHY);
        assertThat(said().reason()).isEqualTo("The disk is full; The clock stands");
        assertThat(said().fix()).isEqualTo("Free some space; Set it");
    }

    @Test
    void aCheckThatFailsIsAComplaint() throws IOException {
        rounds.checks =
                List.of(
                        new HealthCheck() {
                            @Override
                            public String name() {
                                return "store-space";
                            }

                            @Override
                            public Optional<Complaint> complaint() {
                                throw new IllegalStateException("as the test wants it");
                            }
                        });

        rounds.round();

        assertThat(said().state()).isEqualTo(HealthReport.State.UNHEALTHY);
        assertThat(said().reason()).contains("store-space");
    }

    @Test
    void longComplaintsAreCutToWhatPresenceCarries() throws IOException {
        rounds.checks = List.of(check("x", complaint("€".repeat(2000), "\"".repeat(2000))));

        rounds.round();

        assertThat(said().reason()).startsWith("€€").endsWith("…");
        assertThat(presence.heard().get(self).values().get(HealthReport.KEY))
                .hasSizeLessThanOrEqualTo(Presence.MAX_VALUE);
    }

    private HealthReport said() throws IOException {
        return new JsonMapper()
                .readValue(
                        presence.heard().get(self).values().get(HealthReport.KEY),
                        HealthReport.class);
    }

    private static Optional<HealthCheck.Complaint> complaint(String reason, String fix) {
        return Optional.of(new HealthCheck.Complaint(reason, fix));
    }

    private static HealthCheck check(String name, Optional<HealthCheck.Complaint> complaint) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Complaint> complaint() {
                return complaint;
            }
        };
    }
}

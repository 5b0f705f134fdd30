package org.bowline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** A token's two minutes in real time, with a follower whose clock is three hours off. */
class ExpirySlowIT {
    private static final Path FAKETIME =
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theNextTokenStandsThereByItselfAndTheOldOneIsExpiredWhateverTheFollowersClockSays()
            throws Exception {
        assumeTrue(Files.exists(FAKETIME), "needs Debian's faketime");
        try (Site site = Places.site("expiry")) {
            Agent leader = site.start(Places.agent("alpha"));
            Agent follower =
                    site.add(Places.agent("beta"))
                            .with("LD_PRELOAD", FAKETIME.toString())
                            .with("FAKETIME", "+3h")
                            .with("DONT_FAKE_MONOTONIC", "1")
                            .start();
            leader.awaitReady();
            follower.awaitReady();
            assertThat(clockOf(follower)).isAfter(clockOf(leader).plus(2, ChronoUnit.HOURS));

            String first = Site.token(leader);
            Site.await(
                    "another token", Duration.ofSeconds(125), () -> !shown(leader).equals(first));
            assertThat(Site.failure(follower, first, SOON)).isEqualTo("token-expired");

            String second = shown(leader);
            Site.link(follower, second, SOON);
            Site.awaitHosts(leader, 2, Site::synced, "two Synced hosts", SOON);
            assertThat(shown(leader)).isNotEqualTo(second);
        }
    }

    private static String shown(Agent leader) throws java.io.IOException {
        return leader.rest().get("/leader").path("token").path("text").asText();
    }

    private static Instant clockOf(Agent agent) throws java.io.IOException {
        return Instant.parse(Site.row(agent, agent.name()).path("lastContact").asText());
    }
}

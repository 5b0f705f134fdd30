package org.bowline.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WarmUpTest {
    private final TestIdentity identity = new TestIdentity();
    private final Profile profile = new Profile(identity);

    @Test
    @Timeout(30)
    void endsByItself() throws Exception {
        new WarmUp(profile, identity.id(), 2, 256 << 10).start();

        await().atMost(Duration.ofSeconds(20)).until(() -> !isRunning());
    }

    @Test
    @Timeout(30)
    void canBeStopped() {
        WarmUp endless = new WarmUp(profile, identity.id(), 1, Long.MAX_VALUE);
        endless.start();
        assertThat(isRunning()).isTrue();

        endless.stop();

        await().atMost(Duration.ofSeconds(20)).until(() -> !isRunning());
    }

    @Test
    @Timeout(30)
    void exchangesWhatItSays() {
        assertThatCode(() -> new WarmUp(profile, identity.id()).exchange(64 << 10))
                .doesNotThrowAnyException();
    }

    private static boolean isRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("bowline-tls-warmup"));
    }
}

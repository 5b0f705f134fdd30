package org.bowline.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private final Brake brake = new Brake(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 2);

    private int pass(String cause, String source) {
        return brake.pass("session.refused", cause, source);
    }

    @Test
    void everyCauseAndSourceHasItsOwnAllowance() {
        assertThat(pass("sign-in-required", "a")).isZero();
        assertThat(pass("sign-in-required", "a")).isZero();
        assertThat(pass("sign-in-required", "a")).isNegative();

        assertThat(pass("sign-in-failed", "a")).isZero();
        assertThat(pass("sign-in-failed", "b")).isZero();
    }

    @Test
    void theNextThatPassesTellsHowManyOfItsKindWereHeld() {
        for (int i = 0; i < 5; i++) {
            pass("sign-in-failed", "a");
        }

        assertThat(pass("sign-in-required", "b")).isZero();
        assertThat(pass("sign-in-failed", "b")).isEqualTo(3);
        assertThat(pass("sign-in-failed", "b")).isZero();
    }

    @Test
    void sourcesBeyondThoseToldApartShareOneAllowance() {
        for (int i = 0; i < Brake.MOST_SOURCES; i++) {
            assertThat(pass("cross-site", "source " + i)).isZero();
        }

        assertThat(pass("cross-site", "one more")).isZero();
        assertThat(pass("cross-site", "and one more")).isZero();
        assertThat(pass("cross-site", "too many")).isNegative();
        assertThat(pass("sign-in-failed", "too many")).isEqualTo(0);
        assertThat(pass("cross-site", "source 0")).isEqualTo(1);
    }
}

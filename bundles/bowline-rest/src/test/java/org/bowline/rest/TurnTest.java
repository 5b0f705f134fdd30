package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final long START = Long.MAX_VALUE - ms(1); // about to wrap around

    private final AtomicInteger rings = new AtomicInteger();
    private final Turn turn = new Turn(rings::incrementAndGet, START);

    @Test
    void aChangeIsLookedAtAtOnceAndOnce() {
        assertThat(turn.take(START)).isTrue();
        turn.looked(START, START, 0);
        assertThat(turn.take(START + ms(1000))).isFalse();

        turn.ring();

        assertThat(rings).hasValue(1);
        assertThat(turn.take(START + ms(1000))).isTrue();
        assertThat(turn.take(START + ms(1000))).isFalse();
    }

    @Test
    void changesWithoutEndTakeATenthOfTheTime() {
        turn.take(START);
        turn.looked(START, START + ms(10), 0);
        turn.ring();

        assertThat(turn.untilDue(START + ms(10))).isEqualTo(ms(90));
        assertThat(turn.take(START + ms(99))).isFalse();
        assertThat(turn.take(START + ms(100))).isTrue();
        turn.looked(START + ms(100), START + ms(100), 0);
        turn.ring();
        assertThat(turn.untilDue(START + ms(100))).isEqualTo(ms(20));
    }

    @Test
    void aSlowLookDoesNotDelayTheNextForLong() {
        turn.take(START);
        turn.looked(START, START + ms(1000), 0);
        turn.ring();

        assertThat(turn.untilDue(START + ms(1000))).isEqualTo(ms(250));
    }

    @Test
    void whatWasHeldBackIsLookedAtAgain() {
        turn.take(START);
        turn.looked(START, START, ms(200));

        assertThat(turn.untilDue(START + ms(50))).isEqualTo(ms(150));
        assertThat(turn.take(START + ms(199))).isFalse();
        assertThat(turn.take(START + ms(200))).isTrue();
        assertThat(turn.take(START + ms(200))).isFalse();
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}

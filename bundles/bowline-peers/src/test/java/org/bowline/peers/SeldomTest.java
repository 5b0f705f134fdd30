package org.bowline.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // about to wrap around
    private final Seldom seldom = new Seldom(Duration.ofMinutes(1), nanos::get);

    @Test
    void saysYesAtOnceAndThenNotForAWhile() {
        assertThat(seldom.now()).isTrue();
        assertThat(seldom.now()).isFalse();

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(seldom.now()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(seldom.now()).isTrue();
    }
}

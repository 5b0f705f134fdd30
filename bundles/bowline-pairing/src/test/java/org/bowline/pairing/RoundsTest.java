package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.Subscription;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void thereIsARoundAtTheStartAfterEachPauseAndAfterEachWakeUp() {
        try (Rounds often = rounds(Duration.ofMillis(1));
                Rounds seldom = rounds(Duration.ofHours(1))) {
            often.start();
            await().until(() -> done.get() > 3);
            often.close();
            int before = done.get();

            seldom.start();
            await().until(() -> done.get() == before + 1);
            seldom.wake();
            await().until(() -> done.get() == before + 2);
        }
    }

    @Test
    void aRoundThatFailsIsNotTheLast() {
        AtomicInteger tried = new AtomicInteger();
        try (Rounds rounds =
                new Rounds(
                        "bowline-test",
                        () -> {
                            tried.incrementAndGet();
                            throw new IllegalStateException("broken");
                        })) {
            rounds.start();
            await().until(() -> tried.get() == 1);
            rounds.wake();
            await().until(() -> tried.get() == 2);
        }
    }

    @Test
    void noCallArrivesAfterAWatchIsClosed() {
        Wakes wakes = new Wakes();
        AtomicInteger calls = new AtomicInteger();
        Subscription watch = wakes.watch(calls::incrementAndGet);
        wakes.wake();

        watch.close();
        watch.close();
        wakes.wake();

        assertThat(calls).hasValue(1);
    }

    private Rounds rounds(Duration pause) {
        return new Rounds(
                "bowline-test",
                () -> {
                    done.incrementAndGet();
                    return pause;
                });
    }
}

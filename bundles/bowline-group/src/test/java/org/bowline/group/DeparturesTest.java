package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        mayEnd.complete(null);
    }

    private void begin(Departures departures) {
        departures.begin(
                () -> {
                    mayEnd.join();
                    done.add("closed");
                },
                () -> done.add("after"));
    }

    @Test
    void theNextWaitsUntilAllIsDone() throws IOException {
        Departures departures = new Departures(Duration.ofSeconds(30));
        departures.await(); // nothing was left yet
        begin(departures);
        assertThat(done).isEmpty();

        mayEnd.complete(null);
        departures.await();

        assertThat(done).containsExactly("closed", "after");
    }

    @Test
    void theNextFailsWhileWhatWasLeftDoesNotEnd() throws IOException {
        Departures departures = new Departures(Duration.ofMillis(50));
        begin(departures);

        assertThatThrownBy(departures::await)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has not ended");

        departures.close(); // waits no longer either
        assertThat(done).isEmpty();
    }

    @Test
    void whatCannotBeClosedIsForgottenAllTheSame() throws IOException {
        Departures departures = new Departures(Duration.ofSeconds(30));

        departures.begin(
                () -> {
                    throw new IOException("the disk is gone");
                },
                () -> done.add("after"));
        departures.await();

        assertThat(done).containsExactly("after");
    }
}

package org.bowline.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now;

    @Test
    void aTerminalHasABarThatIsWipedAtTheEnd() {
        Progress progress = progress(true);
        progress.at("x", 1, 100);
        pass(Duration.ofSeconds(1));
        progress.at("x", 1 << 20, 2 << 20);
        progress.end();

        assertThat(text())
                .isEqualTo(
                        "\r["
                                + "#".repeat(15)
                                + " ".repeat(15)
                                + "]  50 % of 2.0 MiB, 1.0 MiB/s\u001B[K\r\u001B[K");
    }

    @Test
    void elsewhereThereIsALineEveryFiveSeconds() {
        Progress progress = progress(false);
        for (int second = 1; second <= 11; second++) {
            pass(Duration.ofSeconds(1));
            progress.at("data", second, 11);
        }
        progress.end();

        assertThat(text())
                .isEqualTo(
                        """
                        data: 45 % of 11 B, 1 B/s
                        data: 90 % of 11 B, 1 B/s
                        """);
    }

    private Progress progress(boolean terminal) {
        PrintStream to = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new Progress(to, terminal, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}

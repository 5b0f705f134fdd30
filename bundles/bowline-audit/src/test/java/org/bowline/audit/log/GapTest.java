package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.AuditLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while. */
class GapTest {
    @TempDir Path data;
    private Bench bench;
    private boolean full;
    private @Nullable Path untilFree; // room for one line, once that file is gone

    /** Writes half of a line and fails, as a full disk does. */
    private final class FullSink implements Sink {
        private final Path file;
        private final Sink sink;

        FullSink(Extent extent) throws IOException {
            file = extent.file();
            sink = FileSink.open(extent);
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            boolean room = untilFree != null && !Files.exists(untilFree);
            if (full && !room) {
                byte[] half = new byte[bytes.length / 2];
                Files.write(file, half, StandardOpenOption.APPEND);
                throw new IOException("No space left on device");
            }
            untilFree = room ? null : untilFree;
            sink.append(bytes);
        }

        @Override
        public long length() {
            return sink.length();
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    @BeforeEach
    void bench() {
        bench = new Bench(data);
    }

    private ChainLog open() {
        ChainLog log = new ChainLog(Bench.HOST, bench.directory, Bench.WIDE, bench, FullSink::new);
        log.mend();
        return log;
    }

    @Test
    void linesOfAFullDiskAreCountedAndTheGapIsSaid() throws IOException {
        ChainLog log = open();
        log.append(Bench.act("before"));
        Instant from = bench.instant();
        full = true;
        log.append(Bench.act("lost"));
        bench.clock(from.plus(Duration.ofMinutes(1)));
        log.append(Bench.act("lost too"));
        assertThat(log.gap())
                .hasValue(new Gap(2, from, bench.instant(), "No space left on device"));

        full = false;
        log.append(Bench.act("after"));

        List<AuditLine> lines = Bench.lines(log, 10);
        assertThat(lines)
                .extracting(line -> line.act().act())
                .containsExactly("link.join", "audit.gap", "link.join");
        assertThat(lines.get(1).act().outcome()).isEqualTo(Act.Outcome.FAILED);
        assertThat(lines.get(1).act().detail())
                .isEqualTo(
                        "2 lines could not be written between 2026-01-02T03:04:05.678Z and"
                                + " 2026-01-02T03:05:05.678Z: No space left on device");
        assertThat(log.gap()).isEmpty();
        assertThat(Bench.verify(log).faults()).isEmpty();
    }

    @Test
    void theGapIsSaidEvenIfNothingMoreIsDone() throws IOException {
        ChainLog log = open();
        full = true;
        log.append(Bench.act("lost"));
        log.mend();
        assertThat(log.gap()).isPresent();

        full = false;
        log.mend();

        assertThat(Bench.lines(log, 10))
                .extracting(line -> line.act().act())
                .containsExactly("audit.gap");
    }

    @Test
    void aGapIsKnownAfterARestartOnAFullDisk() throws IOException {
        ChainLog log = open();
        Path reserve = bench.directory.resolve("reserve");
        assertThat(Files.size(reserve)).isEqualTo(64 << 10);
        full = true;
        untilFree = reserve;
        log.append(Bench.act("lost"));
        log.append(Bench.act("lost too"));
        assertThat(log.gap()).hasValueSatisfying(gap -> assertThat(gap.lines()).isEqualTo(2));
        assertThat(reserve).doesNotExist();
        log.close();

        full = false;
        ChainLog next = open();

        assertThat(Bench.lines(next, 10))
                .extracting(line -> line.act().act())
                .contains("audit.gap");
        assertThat(Bench.verify(next).faults()).isEmpty();
        assertThat(reserve).exists();
    }

    @Test
    void aLogThatCannotBeOpenedSaysSoFromTheStart() throws IOException {
        Files.writeString(bench.directory, "a file where the directory should be");
        ChainLog log = open();
        assertThat(log.gap()).isEmpty();
        assertThat(log.trouble()).isPresent();

        Files.delete(bench.directory);
        log.mend();

        assertThat(log.trouble()).isEmpty();
    }

    @Test
    void aLogThatCannotBeOpenedTakesLinesLater() throws IOException {
        Files.writeString(bench.directory, "a file where the directory should be");
        ChainLog log = open();
        log.append(Bench.act("lost"));
        assertThat(log.gap()).isPresent();

        Files.delete(bench.directory);
        log.append(Bench.act("after"));

        assertThat(Bench.lines(log, 10))
                .extracting(line -> line.act().act())
                .containsExactly("link.join", "audit.gap");
    }
}

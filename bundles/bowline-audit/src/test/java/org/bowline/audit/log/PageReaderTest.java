package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bowline.api.audit.AuditLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageReaderTest {
    @TempDir Path data;
    private Bench bench;

    @BeforeEach
    void bench() {
        bench = new Bench(data);
    }

    private static List<Long> allByPages(ChainLog log, int most) throws IOException {
        LogReading reading = new LogReading(log);
        List<Long> numbers = new ArrayList<>();
        long before = Long.MAX_VALUE;
        boolean more = true;
        while (more) {
            PageReader.Page page = reading.page(most, before, Long.MIN_VALUE);
            for (PageReader.Found found : page.lines()) {
                numbers.add(found.line().said().number());
                before = found.line().said().time().toEpochMilli();
            }
            more = page.more();
        }
        return numbers;
    }

    private static List<Long> down(long from) {
        return LongStream.rangeClosed(1, from).mapToObj(n -> from + 1 - n).toList();
    }

    @Test
    void pagesGoOnWhereTheOneBeforeEnded() throws IOException {
        ChainLog log = bench.open(new ChainLog.Limits(64 << 10, 16)); // over several files
        for (int i = 0; i < 500; i++) {
            log.append(Bench.act("line " + i)); // the clock stands still
        }

        assertThat(bench.files()).hasSizeGreaterThan(2);
        for (int most : new int[] {1, 7, 50, 500, 1000}) {
            assertThat(allByPages(log, most)).as("pages of " + most).isEqualTo(down(500));
        }
    }

    @Test
    void onlyOlderLinesAreGiven() throws IOException {
        ChainLog log = bench.open();
        Instant start = bench.instant();
        for (int i = 1; i <= 400; i++) {
            bench.clock(start.plus(Duration.ofMinutes(i)));
            log.append(Bench.act("x".repeat(i)));
        }
        LogReading reading = new LogReading(log);

        for (int i : new int[] {1, 2, 3, 57, 200, 399, 400, 401}) {
            long at = start.plus(Duration.ofMinutes(i)).toEpochMilli();
            PageReader.Page page = reading.page(1000, at, Long.MIN_VALUE);
            assertThat(page.lines()).as("before line " + i).hasSize(i - 1);
            assertThat(page.more()).isFalse();
        }
    }

    @Test
    void linesBeforeTheFloorAreNotRead() throws IOException {
        ChainLog log = bench.open();
        Instant start = bench.instant();
        for (int i = 1; i <= 10; i++) {
            bench.clock(start.plus(Duration.ofMinutes(i)));
            log.append(Bench.act("line " + i));
        }

        PageReader.Page page =
                new LogReading(log)
                        .page(
                                100,
                                Long.MAX_VALUE,
                                start.plus(Duration.ofMinutes(8)).toEpochMilli());

        assertThat(page.lines()).hasSize(3);
        assertThat(page.more()).isTrue();
    }

    @Test
    void noLineIsLostWhereTheClockWasSetBack() throws IOException {
        ChainLog log = bench.open();
        bench.clock(Instant.parse("2031-01-01T00:00:00Z"));
        append(log, 30);
        bench.clock(Instant.parse("2026-01-01T00:00:00Z"));
        append(log, 30);
        bench.clock(Instant.parse("2029-01-01T00:00:00Z"));
        append(log, 30);

        List<Long> numbers = allByPages(log, 7);

        assertThat(numbers).hasSize(90).doesNotHaveDuplicates();
        assertThat(numbers.subList(0, 30)).isEqualTo(down(30)); // of 2031
        assertThat(numbers.get(30)).isEqualTo(90); // of 2029
        assertThat(numbers.get(60)).isEqualTo(60); // of 2026
    }

    private static void append(ChainLog log, int lines) {
        for (int i = 0; i < lines; i++) {
            log.append(Bench.act("line " + i));
        }
    }

    @Test
    void linesThatAreAddedAreInTheNextPage() throws IOException {
        ChainLog log = bench.open();
        LogReading reading = new LogReading(log);
        for (int i = 1; i <= 10; i++) {
            log.append(Bench.act("line " + i));
            PageReader.Page page = reading.page(1, Long.MAX_VALUE, Long.MIN_VALUE);
            assertThat(page.lines().get(0).line().said())
                    .extracting(AuditLine::number)
                    .isEqualTo((long) i);
            assertThat(page.more()).isEqualTo(i > 1);
        }
    }
}

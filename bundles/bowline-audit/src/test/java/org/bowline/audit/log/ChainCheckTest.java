package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bowline.audit.heads.Head;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to the file is found. */
class ChainCheckTest {
    private static final Instant HEARD = Instant.parse("2026-02-03T04:05:06Z");

    @TempDir Path data;
    private Bench bench;
    private ChainLog log;
    private Path file;

    @BeforeEach
    void fiveLines() throws IOException {
        bench = new Bench(data);
        log = bench.open();
        for (int i = 1; i <= 5; i++) {
            log.append(Bench.act("line " + i));
        }
        file = bench.files().get(0);
    }

    private Head head() {
        return new Head(log.newest().number(), log.newest().hash(), HEARD, false);
    }

    private void rewrite(List<String> lines) throws IOException {
        Files.write(file, lines);
    }

    /** The log as its agent opens it next. */
    private List<String> faults(Head... heads) throws IOException {
        log.close();
        return Bench.verify(bench.open(), heads).faults();
    }

    @Test
    void aChangedWordIsFound() throws IOException {
        rewrite(bench.raw().stream().map(line -> line.replace("line 3", "line 8")).toList());

        assertThat(faults())
                .containsExactly(
                        "Line 4 names another hash than that of the line before it: one of both was"
                                + " changed");
    }

    @Test
    void everyFlippedByteIsFoundByAHead() throws IOException {
        Head head = head();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length - 1; i += 11) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            ChainCheck check = new ChainCheck(Bench.HOST, List.of(head));
            new LogReading(log).all(check::line);
            assertThat(check.verdict().faults()).as("byte " + i).isNotEmpty();
        }
    }

    @Test
    void aLineTakenOutIsFound() throws IOException {
        List<String> lines = new ArrayList<>(bench.raw());
        lines.remove(2);
        rewrite(lines);

        assertThat(faults()).contains("Line 2 is followed by line 4");
    }

    @Test
    void swappedLinesAreFound() throws IOException {
        List<String> lines = new ArrayList<>(bench.raw());
        Collections.swap(lines, 1, 2);
        rewrite(lines);

        assertThat(faults()).contains("Line 1 is followed by line 3");
    }

    @Test
    void aLineThatIsNoneIsFoundAndDoesNotEndTheCheck() throws IOException {
        List<String> lines = new ArrayList<>(bench.raw());
        lines.set(2, "nothing");
        rewrite(lines);

        assertThat(faults())
                .contains("What follows line 2 cannot be read as a line")
                .hasSize(2); // and line 4 names another hash
    }

    @Test
    void anUnreadableLastLineStaysThereToBeFound() throws IOException {
        List<String> lines = new ArrayList<>(bench.raw());
        lines.set(4, "nothing");
        rewrite(lines);

        assertThat(faults()).containsExactly("What follows line 4 cannot be read as a line");
        assertThat(bench.raw()).contains("nothing");
    }

    @Test
    void aCutEndIsFoundByAHeadAlone() throws IOException {
        Head head = head();
        rewrite(bench.raw().subList(0, 3));

        assertThat(faults()).isEmpty();
        assertThat(faults(head))
                .containsExactly(
                        "Line 5, which this host was told of on 2026-02-03T04:05:06Z, is not there:"
                                + " the log was cut, or that host said a line that it never had; 0"
                                + " of 1 such lines are there");
    }

    @Test
    void aHeadThatWasNeverThereHidesNoOther() throws IOException {
        Head real = head();
        Head made = new Head(Long.MAX_VALUE, "0".repeat(64), HEARD, true);

        assertThat(faults(real, made))
                .singleElement()
                .asString()
                .startsWith("Line 9223372036854775807, which")
                .endsWith("1 of 2 such lines are there");
    }

    @Test
    void aNewChainIsFoundByAHeadAlone() throws IOException {
        Head head = head();
        log.close();
        Files.delete(file);
        log = bench.open();
        for (int i = 1; i <= 9; i++) {
            log.append(Bench.act("another line " + i));
        }

        assertThat(faults()).isEmpty();
        assertThat(faults(head))
                .containsExactly(
                        "Line 5, which this host was told of on 2026-02-03T04:05:06Z, is another"
                                + " one now: the log was rewritten");
    }

    @Test
    void linesOfAnotherHostAreFound() throws IOException {
        rewrite(bench.raw().stream().map(l -> l.replace("aaaaaaaaaa", "bbbbbbbbbb")).toList());

        assertThat(faults()).anyMatch(fault -> fault.startsWith("Line 1 is of another host: bbb"));
    }

    @Test
    void manyFaultsAreCountedAfterTheFirst() throws IOException {
        rewrite(Collections.nCopies(100, "nothing"));

        assertThat(faults()).hasSize(21).endsWith("80 more faults");
    }

    @Test
    void aHeadOfADroppedFileIsNotMissed() throws IOException {
        ChainLog small = new Bench(data.resolve("small")).open(new ChainLog.Limits(4096, 2));
        small.append(Bench.act("one"));
        Head old = new Head(1, small.newest().hash(), HEARD, false);
        for (int i = 0; i < 60; i++) {
            small.append(Bench.act("more"));
        }

        assertThat(Bench.verify(small, old).faults()).isEmpty();
    }
}

package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditVerdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainLogTest {
    private static final ChainLog.Limits SMALL = new ChainLog.Limits(4096, 3);

    @TempDir Path data;
    private Bench bench;

    @BeforeEach
    void bench() {
        bench = new Bench(data);
    }

    @Test
    void eachLineNamesTheHashOfTheOneBefore() throws IOException {
        ChainLog log = bench.open();

        log.append(Bench.act("one"));
        log.append(Bench.act("two"));
        log.append(Bench.act("three"));

        List<String> raw = bench.raw();
        assertThat(raw).hasSize(3);
        assertThat(raw.get(0)).contains("\"prev\":\"" + "0".repeat(64) + "\"");
        assertThat(raw.get(1)).contains("\"prev\":\"" + hash(raw.get(0)) + "\"");
        assertThat(raw.get(2)).contains("\"prev\":\"" + hash(raw.get(1)) + "\"");
        assertThat(log.newest()).isEqualTo(new ChainLog.Newest(3, hash(raw.get(2))));
        assertThat(Bench.verify(log))
                .isEqualTo(new AuditVerdict(Bench.HOST, 1, 3, hash(raw.get(2)), List.of()));
    }

    @Test
    void theOwnerAloneMayReadIt() throws IOException {
        bench.open().append(Bench.act("one"));

        assertThat(mode(bench.directory)).isEqualTo("rwx------");
        assertThat(mode(bench.files().get(0))).isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatLetsOthersInIsShut() throws IOException {
        Files.createDirectories(bench.directory);
        Files.setPosixFilePermissions(
                bench.directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        bench.open().append(Bench.act("one"));

        assertThat(mode(bench.directory)).isEqualTo("rwx------");
    }

    @Test
    void anEmptyLogIsWhole() throws IOException {
        assertThat(Bench.verify(bench.open()))
                .isEqualTo(new AuditVerdict(Bench.HOST, 0, 0, "", List.of()));
    }

    @Test
    void itGoesOnAfterARestart() throws IOException {
        ChainLog first = bench.open();
        first.append(Bench.act("one"));
        first.close();

        ChainLog second = bench.open();
        second.append(Bench.act("two"));

        assertThat(Bench.verify(second).faults()).isEmpty();
        assertThat(Bench.lines(second, 10)).extracting(AuditLine::number).containsExactly(2L, 1L);
    }

    @Test
    void whatIsReadAfterAKillIsAllThatWasRecorded() throws IOException {
        ChainLog killed = bench.open();
        for (int i = 0; i < 20; i++) {
            killed.append(Bench.act("line " + i));
            Path copy = Files.createDirectories(data.resolve("killed-" + i + "/audit"));
            for (Path file : bench.files()) {
                Files.copy(
                        file,
                        copy.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }

        for (int i = 0; i < 20; i++) {
            ChainLog reopened = new Bench(data.resolve("killed-" + i)).open();

            assertThat(reopened.newest().number()).isEqualTo(i + 1);
            assertThat(Bench.verify(reopened).faults()).isEmpty();
        }
    }

    @Test
    void aTornLineIsCutOffAndItsBytesAreNamed() throws IOException {
        ChainLog first = bench.open();
        first.append(Bench.act("one"));
        first.append(Bench.act("two"));
        first.close();
        Path file = bench.files().get(0);
        byte[] whole = Files.readAllBytes(file);
        int one = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;

        for (int torn = 1; torn < whole.length - one; torn += 37) {
            Files.write(file, Arrays.copyOf(whole, one + torn));
            ChainLog log = bench.open();
            log.append(Bench.act("after"));

            assertThat(Bench.verify(log).faults()).as("torn after " + torn).isEmpty();
            assertThat(Bench.lines(log, 10).get(1).act().act()).isEqualTo("audit.mended");
            assertThat(Bench.lines(log, 10).get(1).act().detail()).startsWith(torn + " bytes");
            assertThat(log.newest().number()).isEqualTo(3);
            log.close();
        }
    }

    @Test
    void zerosOfAPowerCutAreCutOff() throws IOException {
        ChainLog first = bench.open();
        first.append(Bench.act("one"));
        first.close();
        Files.write(bench.files().get(0), new byte[100_000], StandardOpenOption.APPEND);

        ChainLog log = bench.open();

        assertThat(Bench.verify(log).faults()).isEmpty();
        assertThat(Bench.lines(log, 1).get(0).act().detail()).startsWith("100000 bytes");
    }

    @Test
    void aFileThatACrashLeftEmptyIsGoneOnWith() throws IOException {
        ChainLog first = bench.open();
        first.append(Bench.act("one"));
        first.close();
        Files.createFile(bench.directory.resolve("0000000000000002.jsonl"));

        ChainLog log = bench.open();
        log.append(Bench.act("two"));

        assertThat(Bench.verify(log)).extracting(AuditVerdict::last).isEqualTo(2L);
        assertThat(Bench.verify(log).faults()).isEmpty();
        assertThat(Files.readString(bench.files().get(1))).contains("two");
    }

    @Test
    void theChainGoesOnOverFilesAndDroppedOnesAreSaid() throws IOException {
        ChainLog log = bench.open(SMALL);

        for (int i = 0; i < 100; i++) {
            log.append(Bench.act("line " + i));
        }

        assertThat(bench.files())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.toFile().length()).isLessThan(4097));
        AuditVerdict verdict = Bench.verify(log);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.first()).isGreaterThan(50);
        assertThat(Bench.lines(log, 1000))
                .anySatisfy(
                        line -> {
                            assertThat(line.act().act()).isEqualTo("audit.dropped");
                            assertThat(line.act().subject())
                                    .isEqualTo(String.valueOf(verdict.first()));
                        });
    }

    @Test
    void rotatedFilesAreGoneOnWithAfterARestart() throws IOException {
        for (int i = 0; i < 60; i++) {
            ChainLog log = bench.open(SMALL);
            log.append(Bench.act("line " + i));
            log.close();
        }

        AuditVerdict verdict = Bench.verify(bench.open(SMALL));
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.last()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void anOldFileThatSomebodyDeletedIsMissed() throws IOException {
        ChainLog log = bench.open(new ChainLog.Limits(4096, 16));
        for (int i = 0; i < 30; i++) {
            log.append(Bench.act("line " + i));
        }

        Files.delete(bench.files().get(0));

        assertThat(Bench.verify(log).faults())
                .singleElement()
                .asString()
                .contains("are missing, and no line says why");
    }

    @Test
    void aFileThatSomebodyDeletesWhileItIsOpenIsNotWrittenToInTheDark() throws IOException {
        ChainLog log = bench.open();
        log.append(Bench.act("one"));
        Files.delete(bench.files().get(0));

        log.append(Bench.act("two"));

        assertThat(bench.raw()).hasSize(2);
        assertThat(bench.raw().get(0)).contains("audit.mended", "was deleted");
        assertThat(bench.raw().get(1)).contains("two");
        assertThat(Bench.verify(log).faults()).hasSize(1);
    }

    @Test
    void aFileThatSomebodyAddedToIsLeftAndANewOneBegun() throws IOException {
        ChainLog log = bench.open();
        log.append(Bench.act("one"));
        Files.writeString(bench.files().get(0), "foreign\n", StandardOpenOption.APPEND);

        log.append(Bench.act("two"));

        assertThat(bench.files()).hasSize(2);
        assertThat(bench.raw().get(2)).contains("audit.mended", "by somebody else");
        assertThat(Files.readString(bench.files().get(0))).endsWith("foreign\n");
        assertThat(log.newest().number()).isEqualTo(3);
    }

    @Test
    void aHundredThreadsMakeOneChain() throws Exception {
        ChainLog log = bench.open(new ChainLog.Limits(64 << 10, 16));
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads =
                IntStream.range(0, 100)
                        .mapToObj(i -> new Thread(() -> appendThree(log, go, i)))
                        .toList();
        threads.forEach(Thread::start);

        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        AuditVerdict verdict = Bench.verify(log);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.last()).isEqualTo(300);
        assertThat(Bench.lines(log, 1000))
                .extracting(AuditLine::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 300).mapToObj(n -> 301 - n).toList());
    }

    private static void appendThree(ChainLog log, CountDownLatch go, int thread) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < 3; i++) {
            if (thread % 10 == 0) {
                Thread.currentThread().interrupt(); // must not close the file for the others
            }
            log.append(Bench.act("thread " + thread + " line " + i));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String hash(String line) {
        return LineCodec.hash(line.getBytes(StandardCharsets.UTF_8));
    }
}

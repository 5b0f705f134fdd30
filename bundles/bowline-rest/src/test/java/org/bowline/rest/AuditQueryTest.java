package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;

class AuditQueryTest {
    private static final Actor ANN = new Actor("ann", "rest");

    /** A log whose lines have the times that a test gives them, in seconds. */
    private static final class Log implements Audit {
        final List<AuditLine> lines = new ArrayList<>(); // the newest first
        int reads;
        int mostReads = Integer.MAX_VALUE;
        int awayFrom; // the read from which on the other host does not answer

        void add(long second, String act) {
            lines.add(
                    0,
                    new AuditLine(
                            FakePairing.SELF,
                            lines.size() + 1L,
                            Instant.ofEpochSecond(second),
                            Act.done(ANN, act, "", "Done"),
                            "0".repeat(64)));
        }

        @Override
        public AuditPage own(int most, Optional<Instant> before) throws IOException {
            if (++reads > mostReads) {
                throw new IOException("the disk is gone");
            }
            List<AuditLine> older =
                    lines.stream()
                            .filter(
                                    line ->
                                            before.filter(limit -> !line.time().isBefore(limit))
                                                    .isEmpty())
                            .toList();
            boolean more = older.size() > most;
            List<AuditLine> page = more ? older.subList(0, most) : older;
            Optional<Instant> next =
                    more ? Optional.of(page.get(most - 1).time()) : Optional.empty();
            return new AuditPage(page, next, Map.of());
        }

        @Override
        public AuditPage merged(int most, Optional<Instant> before) throws IOException {
            AuditPage own = own(most, before);
            boolean away = reads >= awayFrom;
            return new AuditPage(
                    own.lines(),
                    own.before(),
                    away ? Map.of(FakePairing.OTHER, "It does not answer") : Map.of());
        }

        @Override
        public void record(Act act) {
            add(lines.size(), act.act());
        }

        @Override
        public AuditVerdict verify(HostId host) {
            throw new UnsupportedOperationException();
        }
    }

    private final Log log = new Log();

    private static AuditQuery query(int most, Optional<Instant> before, String act) {
        return new AuditQuery(
                false,
                Optional.empty(),
                Optional.of(most),
                before,
                Optional.of(act).filter(word -> !word.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    /** Every line that somebody sees who follows {@code next} to the end. */
    private List<Long> numbers(int most, String act) throws IOException {
        List<Long> seen = new ArrayList<>();
        Optional<Instant> next = Optional.empty();
        do {
            AuditQuery.Lines page = query(most, next, act).page(log);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(most);
            page.items().forEach(line -> seen.add(line.number()));
            next = page.next();
        } while (next.isPresent());
        return seen;
    }

    @Test
    void pageByPageEveryLineComesOnce() throws IOException {
        IntStream.range(0, 95).forEach(second -> log.add(second, "link.join"));

        assertThat(numbers(10, "")).hasSize(95).doesNotHaveDuplicates();
    }

    @Test
    void findsTheFewThatFitAmongThousands() throws IOException {
        IntStream.range(0, 5000)
                .forEach(
                        second ->
                                log.add(second, second % 500 == 0 ? "leader.start" : "link.join"));

        assertThat(numbers(4, "leader"))
                .containsExactly(4501L, 4001L, 3501L, 3001L, 2501L, 2001L, 1501L, 1001L, 501L, 1L);
    }

    @Test
    void linesOfOneTimeStayTogether() throws IOException {
        log.add(1, "link.join");
        log.add(2, "link.join");
        log.add(2, "link.join");
        log.add(3, "link.join");

        AuditQuery.Lines first = query(2, Optional.empty(), "link").page(log);

        assertThat(first.items()).extracting(AuditLine::number).containsExactly(4L);
        assertThat(numbers(2, "link")).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void looksThroughSoMuchAndThenTellsWhereToGoOn() throws IOException {
        IntStream.range(0, 30_000).forEach(second -> log.add(second, "link.join"));

        AuditQuery.Lines page = query(10, Optional.empty(), "leader").page(log);

        assertThat(page.items()).isEmpty();
        assertThat(page.next()).hasValue(Instant.ofEpochSecond(10_000));
        assertThat(log.reads).isEqualTo(20);
    }

    @Test
    void namesTheHostsWhoseLinesAreMissing() throws IOException {
        log.add(1, "link.join");
        AuditQuery all =
                new AuditQuery(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(all.page(log).missing()).containsOnlyKeys(FakePairing.OTHER);
    }

    @Test
    void aFileHasEveryLineToTheOldest() throws IOException {
        IntStream.range(0, 2500).forEach(second -> log.add(second, "link.join"));

        List<String> lines = exported(false).lines().toList();

        assertThat(lines).hasSize(2501);
        assertThat(lines.get(2500)).isEqualTo("{\"missing\":{},\"next\":null}");
    }

    @Test
    void aFileThatBreaksOffSaysSo() throws IOException {
        IntStream.range(0, 2500).forEach(second -> log.add(second, "link.join"));
        log.mostReads = 2;

        List<String> lines = exported(false).lines().toList();

        assertThat(lines).hasSize(2002);
        assertThat(lines.get(2000)).contains("urn:bowline:problem:internal");
        assertThat(lines.get(2001)).contains("\"next\":\"1970-01-01T00:08:20Z\"");
    }

    @Test
    void aFileNamesAtItsEndWhoWasAwayOnAnyPage() throws IOException {
        IntStream.range(0, 2500).forEach(second -> log.add(second, "link.join"));
        log.awayFrom = 2;

        List<String> lines = exported(true).lines().toList();

        assertThat(lines).hasSize(2501);
        assertThat(lines.get(2500))
                .isEqualTo(
                        "{\"missing\":{\"%s\":\"It does not answer\"},\"next\":null}"
                                .formatted(FakePairing.OTHER));
    }

    @Test
    void aFileOfALogWithoutEndTellsWhereToGoOn() throws IOException {
        Audit endless =
                (Audit)
                        Proxy.newProxyInstance(
                                Audit.class.getClassLoader(),
                                new Class<?>[] {Audit.class},
                                (self, method, args) -> endlessPage(++log.reads));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new AuditExport(endless, everything(false)).send(endlessPage(++log.reads), out);

        assertThat(log.reads).isEqualTo(AuditExport.MOST_PAGES);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"missing\":{},\"next\":\"%s\"}\n", time(log.reads));
    }

    private static AuditPage endlessPage(int read) {
        return new AuditPage(List.of(), Optional.of(time(read)), Map.of());
    }

    private static Instant time(int read) {
        return Instant.ofEpochSecond(1_000_000 - read);
    }

    @Test
    void oneHostsLinesAreWithoutTheOthersLinesAndFaults() throws IOException {
        log.add(1, "link.join");
        AuditQuery other = of(FakePairing.OTHER);
        AuditQuery self = of(FakePairing.SELF);

        assertThat(other.page(log).items()).isEmpty();
        assertThat(other.page(log).missing()).containsOnlyKeys(FakePairing.OTHER);
        assertThat(self.page(log).items()).hasSize(1);
        assertThat(self.page(log).missing()).isEmpty();
    }

    private static AuditQuery of(HostId host) {
        return new AuditQuery(
                true,
                Optional.of(host),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String exported(boolean all) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditQuery query = everything(all);
        new AuditExport(log, query).send(query.read(log, AuditExport.PAGE, Optional.empty()), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static AuditQuery everything(boolean all) {
        return new AuditQuery(
                all,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

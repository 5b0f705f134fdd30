package org.bowline.audit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.audit.AuditPage;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));

    private static AuditLine line(HostId host, int second) {
        return line(host, second, "");
    }

    private static AuditLine line(HostId host, int second, String detail) {
        return new AuditLine(
                host,
                second + 1,
                Instant.ofEpochSecond(second),
                Act.done(new Actor("anna", "rest"), "a.b", detail, detail),
                "0".repeat(64));
    }

    @Test
    void aPageEndsWhereTheLinesOfAHostWereCut() {
        Merge merge = new Merge(10);
        merge.add(List.of(line(A, 9), line(A, 2)), false, false);
        merge.add(List.of(line(B, 8), line(B, 5)), true, true);
        merge.add(List.of(line(A, 6), line(A, 1)), false, false);

        AuditPage page = merge.page();

        assertThat(page.lines())
                .extracting(line -> line.time().getEpochSecond())
                .containsExactly(9L, 8L, 6L, 5L);
        assertThat(page.before()).hasValue(Place.of(line(B, 5)));
    }

    @Test
    void aPageOfTooManyLettersEndsEarlyAndLosesNone() {
        String much = "x".repeat(100_000);
        Merge merge = new Merge(1000);
        List<AuditLine> lines =
                IntStream.range(0, 100).mapToObj(i -> line(A, 200 - i, much)).toList();
        merge.add(lines, false, false);
        merge.add(List.of(line(B, 300), line(B, 10)), false, false);

        AuditPage page = merge.page();

        assertThat(page.lines()).hasSizeBetween(30, 50).startsWith(line(B, 300));
        assertThat(page.lines()).doesNotContain(line(B, 10));
        assertThat(page.before()).hasValue(Place.of(page.lines().get(page.lines().size() - 1)));
    }
}

package org.bowline.audit.heads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsTest {
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path directory;

    private static Map<HostId, Said> saying(HostId host, byte[] value) {
        return Map.of(host, new Said("boot", Map.of(Heads.KEY, value), Duration.ZERO, true));
    }

    private static void hear(Heads heads, long number) {
        heads.hear(saying(A, Heads.said(number, hash(number))), Set.of(A), NOW);
    }

    private static String hash(long number) {
        return String.format("%064x", number);
    }

    private static List<Long> numbers(Heads heads) {
        return heads.of(A).stream().map(Head::number).toList();
    }

    @Test
    void fewHeadsCoverMuch() {
        Heads heads = new Heads(directory);

        for (long number = 1; number <= 20_000; number++) {
            hear(heads, number);
        }

        assertThat(numbers(heads)).hasSizeBetween(6, HeadList.MOST).isSorted().endsWith(20_000L);
        assertThat(numbers(heads).get(0)).isLessThan(10_000);
        assertThat(numbers(heads)).anyMatch(number -> number > 19_900 && number < 20_000);
    }

    @Test
    void aLogThatCountsFromTheStartAgainDoesNotPushOutWhatItSaidBefore() {
        Heads heads = new Heads(directory);
        hear(heads, 500);

        for (long number = 1; number < 400; number++) {
            heads.hear(saying(A, Heads.said(number, hash(number + 7000))), Set.of(A), NOW);
        }

        assertThat(heads.of(A)).contains(new Head(500, hash(500), NOW, false));
        assertThat(heads.of(A)).hasSizeLessThanOrEqualTo(HeadList.MOST);
    }

    @Test
    void aHeadThatJumpsFarPushesOutNone() {
        Heads heads = new Heads(directory);
        for (long number = 1; number <= 500; number++) {
            hear(heads, number);
        }
        List<Long> real = numbers(heads);

        for (long i = 0; i < 100; i++) {
            hear(heads, Long.MAX_VALUE - i * 10_000_000);
        }

        assertThat(numbers(heads)).containsAll(real).contains(Long.MAX_VALUE);
        assertThat(numbers(heads)).hasSizeLessThan(5 * HeadList.MOST);
        hear(heads, 501);
        assertThat(numbers(heads)).contains(501L);
    }

    @Test
    void aHeadThatWasMissedStays() {
        Heads heads = new Heads(directory);
        hear(heads, 5);
        heads.missed(A, heads.of(A));

        for (long number = 6; number <= 1_000_000; number += 999) {
            hear(heads, number);
        }

        assertThat(heads.of(A)).contains(new Head(5, hash(5), NOW, true));
    }

    @Test
    void onlyMembersAreRemembered() {
        Heads heads = new Heads(directory);
        hear(heads, 5);

        heads.hear(saying(B, Heads.said(1, hash(1))), Set.of(A), NOW);
        assertThat(heads.of(B)).isEmpty();

        heads.hear(Map.of(), Set.of(B), NOW);
        assertThat(heads.of(A)).as("it may come back").hasSize(1);

        for (int i = 0; i < 16; i++) {
            HostId next = new HostId((char) ('c' + i) + "b".repeat(25));
            heads.hear(saying(next, Heads.said(1, hash(1))), Set.of(next), NOW.plusSeconds(i + 1));
        }
        heads.hear(Map.of(), Set.of(B), NOW);
        assertThat(heads.of(A)).as("of too many that left the first is forgotten").isEmpty();
    }

    @Test
    void nonsenseIsNotRemembered() {
        Heads heads = new Heads(directory);
        for (String bad :
                List.of(
                        "",
                        "no",
                        "[]",
                        "{}",
                        "{\"number\":-1,\"hash\":\"" + hash(1) + "\"}",
                        "{\"number\":1,\"hash\":\"x\"}")) {
            heads.hear(saying(A, bad.getBytes(StandardCharsets.UTF_8)), Set.of(A), NOW);
        }

        assertThat(heads.of(A)).isEmpty();
    }

    @Test
    void theyAreKeptOverARestart() throws IOException {
        Heads heads = new Heads(directory);
        hear(heads, 5);
        hear(heads, 9);
        heads.missed(A, List.of(heads.of(A).get(0)));
        heads.save();

        Heads next = new Heads(directory);
        next.load();

        assertThat(next.of(A)).isEqualTo(heads.of(A)).hasSize(2);
        Path file = directory.resolve("heads.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .startsWith("{\"v\":1,\"heads\":{\"" + A + "\":[{\"number\":5,\"hash\":\"");
    }

    @Test
    void anUnreadableFileIsLearnedAnew() throws IOException {
        for (String bad : List.of("", "{}", "null", "{\"v\":1,\"heads\":{\"x\":[]}}", "{\"v\":1")) {
            Files.writeString(directory.resolve("heads.json"), bad);
            Heads heads = new Heads(directory);
            heads.load();
            hear(heads, 3);
            heads.save();

            Heads next = new Heads(directory);
            next.load();
            assertThat(numbers(next)).as(bad).containsExactly(3L);
        }
    }

    @Test
    void nothingIsWrittenWhenNothingChanged() throws IOException {
        Heads heads = new Heads(directory);
        hear(heads, 5);
        heads.save();
        Files.delete(directory.resolve("heads.json"));

        hear(heads, 5);
        heads.save();

        assertThat(directory.resolve("heads.json")).doesNotExist();
    }
}

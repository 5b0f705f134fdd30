package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.junit.jupiter.api.Test;

class LineCodecTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static final String GOLDEN =
            "{\"number\":7,\"time\":\"2026-01-02T12:00:00.000Z\","
                    + "\"host\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"actor\":\"anna\",\"face\":\"rest\","
                    + "\"act\":\"link.join\",\"subject\":\"bbbb\",\"outcome\":\"refused\","
                    + "\"cause\":\"token-expired\",\"detail\":\"The token expired.\","
                    + "\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\"}";

    @Test
    void aLineStandsAsItAlwaysStood() throws IOException {
        Act act =
                Act.refused(Bench.ANNA, "link.join", "bbbb", "token-expired", "The token expired.");

        byte[] line = LineCodec.write(Bench.HOST, 7, NOON, act, LineCodec.NO_LINE);

        assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
        assertThat(LineCodec.hash(line))
                .isEqualTo("7932e77b6dbc498695bce5a06009ad0e77b6294a3d6aa4afa67aaba92cb3084d");
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Line line = LineCodec.read(GOLDEN.getBytes(StandardCharsets.UTF_8));

        assertThat(line.prev()).isEqualTo(LineCodec.NO_LINE);
        assertThat(line.said().number()).isEqualTo(7);
        assertThat(line.said().time()).isEqualTo(NOON);
        assertThat(line.said().host()).isEqualTo(Bench.HOST);
        assertThat(line.said().act())
                .isEqualTo(
                        Act.refused(
                                Bench.ANNA,
                                "link.join",
                                "bbbb",
                                "token-expired",
                                "The token expired."));
    }

    @Test
    void fieldsOfALaterReleaseArePassedOver() throws IOException {
        String later = GOLDEN.replace("\"prev\"", "\"colour\":\"red\",\"prev\"");

        assertThat(LineCodec.read(later.getBytes(StandardCharsets.UTF_8)).said().number())
                .isEqualTo(7);
    }

    @Test
    void lineFeedsQuotesAndHalfLettersMakeNoSecondLine() throws IOException {
        Act act =
                Act.done(
                        new Actor("a\nb", "rest"), "link.join", "\"}\r\n", "half a letter: \ud83d");

        byte[] line = LineCodec.write(Bench.HOST, 1, NOON, act, LineCodec.NO_LINE);

        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n").contains("?");
        assertThat(LineCodec.read(line).said().act().subject()).isEqualTo("\"}\r\n");
        assertThat(LineCodec.read(line).said().act().actor().name()).isEqualTo("a\nb");
    }

    @Test
    void theLongestLineCanBeRead() throws IOException {
        String hostile = "\u0001".repeat(100_000);
        Act act =
                Act.refused(
                        new Actor("\u0001".repeat(128), hostile), "a.b", hostile, hostile, hostile);

        byte[] line = LineCodec.write(Bench.HOST, Long.MAX_VALUE, NOON, act, LineCodec.NO_LINE);

        assertThat(line.length).isLessThan(LineCodec.LONGEST);
        assertThat(LineCodec.read(line).said().act().detail()).hasSize(Act.MOST_DETAIL);
        assertThat(TimeIndex.time(line)).hasValue(NOON.toEpochMilli());
    }

    @Test
    void whatIsNoLineIsRefused() {
        for (String bad :
                new String[] {
                    "",
                    "null",
                    "{}",
                    "[]",
                    GOLDEN.substring(0, 100),
                    GOLDEN.replace("\"link.join\"", "null"),
                    GOLDEN.replace("2026", "noon"),
                    GOLDEN.replace("2026", "+10000"),
                    GOLDEN.replace("2026", "-0001"),
                    GOLDEN.replace("bbbb", "b".repeat(301)),
                    GOLDEN.replace("anna", "a".repeat(129)),
                    GOLDEN.replace("{", "{" + " ".repeat(LineCodec.LONGEST)),
                    GOLDEN.replace("link.join", "LINK"),
                    GOLDEN.replace("\"number\":7", "\"number\":0")
                }) {
            assertThatThrownBy(() -> LineCodec.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(IOException.class);
        }
    }
}

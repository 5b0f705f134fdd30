package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is pasted that is no token is refused by name, and not a single packet is sent for it.
 */
class MalformedTokenTest {
    private static final String GOOD =
            "{\"v\":1,\"ip\":[\"192.0.2.10\"],\"port\":{\"tls\":5082},\"group\":\"abcdefghijklmnop\","
                    + "\"id\":\"qrstuvwx\",\"key\":\"abcdefghijklmnopqrstuvwxyz\","
                    + "\"otp\":\"AAECAwQFBgcICQoLDA0ODw\",\"life\":120}";

    @TempDir static Path data;
    private static Lan lan;
    private static Box host;

    @BeforeAll
    static void oneHost() throws IOException {
        lan = new Lan(data);
        host = lan.host("a");
    }

    @AfterAll
    static void end() throws IOException {
        lan.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                pasted("empty", "", Refusal.TOKEN_EMPTY),
                pasted("blank", " \n\t ", Refusal.TOKEN_EMPTY),
                pasted("of 2 MB", "A".repeat(2 << 20), Refusal.TOKEN_TOO_LONG),
                pasted("of 401 characters", "A".repeat(401), Refusal.TOKEN_TOO_LONG),
                pasted("not base64", "this is not a token!", Refusal.TOKEN_NOT_BASE64),
                pasted("cut", base64(GOOD).substring(0, 101), Refusal.TOKEN_NOT_BASE64),
                pasted("cut at a word", base64(GOOD).substring(0, 100), Refusal.TOKEN_NOT_JSON),
                pasted("a URL", "https://192.0.2.10/", Refusal.TOKEN_NOT_BASE64),
                inside("not JSON", good -> "hello", Refusal.TOKEN_NOT_JSON),
                inside("nothing", good -> " ", Refusal.TOKEN_NOT_JSON),
                inside("an array", good -> "[" + good + "]", Refusal.TOKEN_NOT_JSON),
                inside("a number", good -> "1", Refusal.TOKEN_NOT_JSON),
                inside("null", good -> "null", Refusal.TOKEN_NOT_JSON),
                inside("deeply nested", good -> "[".repeat(250), Refusal.TOKEN_NOT_JSON),
                inside(
                        "a nested address",
                        swap("\"192.0.2.10\"", "[[[[\"192.0.2.10\"]]]]"),
                        Refusal.TOKEN_NOT_JSON),
                inside(
                        "a field twice",
                        swap("{\"v\":1,", "{\"v\":1,\"v\":1,"),
                        Refusal.TOKEN_NOT_JSON),
                inside("trailing bytes", good -> good + "x", Refusal.TOKEN_NOT_JSON),
                inside("a second object", good -> good + "{}", Refusal.TOKEN_NOT_JSON),
                inside("version 2", swap("\"v\":1", "\"v\":2"), Refusal.TOKEN_VERSION_UNKNOWN),
                inside("version 1.0", swap("\"v\":1", "\"v\":1.0"), Refusal.TOKEN_VERSION_UNKNOWN),
                inside(
                        "version \"1\"",
                        swap("\"v\":1", "\"v\":\"1\""),
                        Refusal.TOKEN_VERSION_UNKNOWN),
                inside("no version", swap("\"v\":1,", ""), Refusal.TOKEN_VERSION_UNKNOWN),
                field("no address", swap("\"192.0.2.10\"", "")),
                field("a DNS name", swap("192.0.2.10", "leader.example")),
                field("a name of digits", swap("192.0.2.10", "3221225994")),
                field("a hexadecimal address", swap("192.0.2.10", "0xc0.0.2.10")),
                field("an octal address", swap("192.0.2.10", "0300.0.2.10")),
                field("three bytes", swap("192.0.2.10", "192.0.10")),
                field("a byte too large", swap("192.0.2.10", "192.0.2.256")),
                field("a broken IPv6 address", swap("192.0.2.10", "2001:db8:::1")),
                field("an address with a zone", swap("192.0.2.10", "fe80::1%eth0")),
                field("0.0.0.0", swap("192.0.2.10", "0.0.0.0")),
                field("::", swap("192.0.2.10", "::")),
                field("multicast", swap("192.0.2.10", "239.1.2.3")),
                field("IPv6 multicast", swap("192.0.2.10", "ff02::1")),
                field("broadcast", swap("192.0.2.10", "255.255.255.255")),
                field(
                        "five addresses",
                        swap("\"192.0.2.10\"", "\"10.0.0.1\"" + ",\"10.0.0.1\"".repeat(4))),
                field("an address as number", swap("\"192.0.2.10\"", "19202")),
                field("no port", swap("\"tls\":5082", "")),
                field("port 0", swap("5082", "0")),
                field("port 65536", swap("5082", "65536")),
                field("port -1", swap("5082", "-1")),
                field("a port as text", swap("5082", "\"5082\"")),
                field("a port beyond int", swap("5082", "99999999999")),
                field("a transport with a path", swap("\"tls\"", "\"../tls\"")),
                field("a short group", swap("abcdefghijklmnop\"", "abcdefghijklmno\"")),
                field("a long group", swap("abcdefghijklmnop\"", "abcdefghijklmnopq\"")),
                field(
                        "a group with other letters",
                        swap("abcdefghijklmnop\"", "ABCDEFGHIJKLMNOP\"")),
                field("no token id", swap("\"id\":\"qrstuvwx\",", "")),
                field("a long token id", swap("qrstuvwx", "qrstuvwxyz")),
                field("a short key", swap("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopq")),
                field(
                        "a key with other letters",
                        swap("\"abcdefghijklmnopqrstuvwxyz\"", "\"abcdefghijklmnopqrstuvwxy1\"")),
                field("a short password", swap("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0O")),
                field(
                        "a long password",
                        swap("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODxAR")),
                field("a password that is no base64", swap("AAECAwQ", "AAEC+wQ")),
                field("a null password", swap("\"AAECAwQFBgcICQoLDA0ODw\"", "null")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void isRefusedByNameWithoutAPacket(String what, String text, Refusal expected) {
        RefusedException link = refused(() -> host.pairing().link(text, Box.OPERATOR));
        RefusedException preview = refused(() -> host.pairing().preview(text));

        assertThat(link.refusal()).isEqualTo(expected);
        assertThat(preview.refusal()).isEqualTo(expected);
        assertThat(link.detail()).isNotBlank().doesNotContain("AAECAwQ").hasSizeLessThan(200);
        assertThat(host.dialled).hasValue(0);
        assertThat(host.pairing().link().last()).isEqualTo(Optional.empty());
    }

    private interface Act {
        Object run() throws IOException;
    }

    private static RefusedException refused(Act act) {
        return catchThrowableOfType(RefusedException.class, act::run);
    }

    private static Arguments pasted(String what, String text, Refusal refusal) {
        return Arguments.of(what, text, refusal);
    }

    private static Arguments inside(String what, UnaryOperator<String> change, Refusal refusal) {
        return Arguments.of(what, base64(change.apply(GOOD)), refusal);
    }

    private static Arguments field(String what, UnaryOperator<String> change) {
        return inside(what, change, Refusal.TOKEN_FIELD_INVALID);
    }

    private static UnaryOperator<String> swap(String old, String fresh) {
        assertThat(GOOD).contains(old);
        return good -> good.replace(old, fresh);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

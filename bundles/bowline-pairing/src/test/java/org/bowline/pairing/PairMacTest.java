package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;

class PairMacTest {
    private static final byte[] ONE = bytes("one");
    private static final byte[] TWO = bytes("two");

    private final PairMac mac = new PairMac(token(0), bytes("joining"), bytes("leader"));

    /** Computed apart from this code, with HKDF and HMAC as RFC 5869 and RFC 2104 say. */
    @Test
    void macsLookLikeThisForEver() {
        assertThat(hex(mac.of("hello", List.of(ONE))))
                .isEqualTo("5bbc6273331422bb4ad4c4ae602e5859964eb282c895b77c5b7d7f7f5f8325d8");
        assertThat(hex(mac.of("welcome", List.of(ONE, TWO))))
                .isEqualTo("b387d4b9821e804cba8d2e13df77096a210178c49f4e90541de60d45499f9f79");
    }

    @Test
    void aMacHoldsForItsMessageKeysPasswordAndTranscriptAlone() {
        byte[] good = mac.of("hello", List.of(ONE, TWO));

        assertThat(mac.proves(good, "hello", List.of(ONE, TWO))).isTrue();
        assertThat(mac.proves(good, "prove", List.of(ONE, TWO))).isFalse();
        assertThat(mac.proves(good, "hello", List.of(TWO, ONE))).isFalse();
        assertThat(mac.proves(good, "hello", List.of(bytes("onetwo")))).isFalse();
        assertThat(mac.proves(new byte[0], "hello", List.of(ONE, TWO))).isFalse();
        assertThat(
                        new PairMac(token(0), bytes("leader"), bytes("joining"))
                                .proves(good, "hello", List.of(ONE, TWO)))
                .isFalse();
        assertThat(
                        new PairMac(token(1), bytes("joining"), bytes("leader"))
                                .proves(good, "hello", List.of(ONE, TWO)))
                .isFalse();
    }

    private static Token token(int flipped) {
        byte[] otp = new byte[Token.OTP_LENGTH];
        for (int i = 0; i < otp.length; i++) {
            otp[i] = (byte) i;
        }
        otp[3] ^= (byte) flipped;
        return new Token(
                List.of("192.0.2.10"),
                Map.of("tls", 5082),
                "abcdefghijklmnop",
                "qrstuvwx",
                new HostId("abcdefghijklmnopqrstuvwxyz"),
                otp);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;

class TokenTextTest {
    /** How a token of version 1 looks for ever: agents of all releases read it. */
    private static final String GOLDEN =
            "eyJ2IjoxLCJpcCI6WyIxOTIuMC4yLjEwIiwiMjAwMTpkYjg6OjEiXSwicG9ydCI6eyJ0bH"
                    + "MiOjUwODIsInNzaCI6NTAyMn0sImdyb3VwIjoiYWJjZGVmZ2hpamtsbW5vcCIsImlkIjoi"
                    + "cXJzdHV2d3giLCJrZXkiOiJhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eiIsIm90cCI6Ik"
                    + "FBRUNBd1FGQmdjSUNRb0xEQTBPRHciLCJsaWZlIjoxMjB9";

    private final TokenText texts = new TokenText();

    @Test
    void versionOneLooksLikeThisForEver() {
        assertThat(texts.write(golden())).isEqualTo(GOLDEN);
    }

    @Test
    void readsWhatItWrites() throws RefusedException {
        Token read = texts.read("  " + GOLDEN + "\n");

        assertThat(read.addresses()).isEqualTo(golden().addresses());
        assertThat(read.ports()).isEqualTo(golden().ports());
        assertThat(read.group()).isEqualTo(golden().group());
        assertThat(read.id()).isEqualTo(golden().id());
        assertThat(read.issuer()).isEqualTo(golden().issuer());
        assertThat(read.otp()).isEqualTo(golden().otp());
        assertThat(read.endpoints())
                .extracting(Object::toString)
                .containsExactly(
                        "tls://192.0.2.10:5082",
                        "ssh://192.0.2.10:5022",
                        "tls://[2001:db8::1]:5082",
                        "ssh://[2001:db8::1]:5022");
    }

    @Test
    void leavesOutTheLastAddressesRatherThanGrowTooLong() {
        String longest = "2001:db8:1111:2222:3333:4444:5555:6666";
        Token fit = texts.fit(golden().with(Collections.nCopies(4, longest)));

        assertThat(fit.addresses()).hasSizeBetween(1, 3);
        assertThat(texts.write(fit)).hasSizeLessThanOrEqualTo(TokenText.MAX_LENGTH);
    }

    @Test
    void keepsFourAddressesOfTheOldKind() {
        Token four =
                golden().with(List.of("192.168.100.101", "10.20.30.40", "10.20.30.41", "10.1.1.1"));

        assertThat(texts.fit(four).addresses()).hasSize(4);
        assertThat(texts.write(four)).hasSizeLessThanOrEqualTo(TokenText.MAX_LENGTH);
    }

    @Test
    void aTokenNeverShowsItsPassword() {
        String shown = golden().toString();

        assertThat(shown).doesNotContain("AAECAwQFBgcICQoLDA0ODw");
        assertThat(shown).doesNotContain(Arrays.toString(golden().otp()));
    }

    private static Token golden() {
        byte[] otp = new byte[Token.OTP_LENGTH];
        for (int i = 0; i < otp.length; i++) {
            otp[i] = (byte) i;
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("tls", 5082);
        ports.put("ssh", 5022);
        return new Token(
                List.of("192.0.2.10", "2001:db8::1"),
                ports,
                "abcdefghijklmnop",
                "qrstuvwx",
                new HostId("abcdefghijklmnopqrstuvwxyz"),
                otp);
    }
}

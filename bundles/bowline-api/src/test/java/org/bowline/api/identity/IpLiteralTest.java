package org.bowline.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "bowline.example",
                "127.0.0.1.",
                ".:",
                "1.2.3",
                "010.0.0.1",
                "256.0.0.1",
                "::g",
                "fe80::1%lo",
                "[::1]",
                " ",
                ""
            })
    void neverLooksANameUp(String name) {
        assertThat(IpLiteral.parse(name)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("tls", name, 5082));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:0:0:0:0:0:1", "192.0.2.1", "0:0:0:0:0:0:0:1", "127.0.0.1"})
    void readsWhatItWrites(String text) {
        assertThat(IpLiteral.parse(text).map(IpLiteral::of)).contains(text);
        assertThat(new Endpoint("tls", text, 5082).ip()).isEqualTo(text);
    }

    @Test
    void readsShortFormsToo() {
        assertThat(IpLiteral.parse("::1")).isEqualTo(IpLiteral.parse("0:0:0:0:0:0:0:1"));
        assertThat(IpLiteral.parse("::ffff:192.0.2.1")).isEqualTo(IpLiteral.parse("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255"})
    void whatMayBeManyHostsIsNotOne(String text) {
        assertThat(IpLiteral.parse(text)).get().matches(address -> !IpLiteral.isUnicast(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "127.0.0.1", "10.255.255.255"})
    void oneHostIsOne(String text) {
        assertThat(IpLiteral.parse(text)).get().matches(IpLiteral::isUnicast);
    }
}

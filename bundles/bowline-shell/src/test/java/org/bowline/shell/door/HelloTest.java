package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void whatIsMissingOrOddHasADefault() throws IOException {
        Hello hello = of("{\"term\": \"../x\", \"columns\": -1, \"rows\": 70000, \"more\": 1}");

        assertThat(hello.term()).isEqualTo("dumb");
        assertThat(hello.columns()).isEqualTo(80);
        assertThat(hello.rows()).isEqualTo(24);
        assertThat(hello.interactive()).isTrue();
        assertThat(hello.colours()).isFalse();
    }

    @Test
    void coloursNeedATerminalThatIsWilling() throws IOException {
        String terminal = "{\"term\": \"xterm\", \"output\": true";

        assertThat(of(terminal + "}").colours()).isTrue();
        assertThat(of(terminal + ", \"env\": {\"NO_COLOR\": \"1\"}}").colours()).isFalse();
    }

    @Test
    void anythingElseFirstEndsTheConnection() {
        assertThatThrownBy(() -> Hello.of(new Frame(Frame.DATA, new byte[0])))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> of("garbage")).isInstanceOf(IOException.class);
    }

    private static Hello of(String json) throws IOException {
        return Hello.of(new Frame(Frame.HELLO, json.getBytes(StandardCharsets.UTF_8)));
    }
}

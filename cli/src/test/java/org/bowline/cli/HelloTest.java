package org.bowline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelloTest {
    @Test
    void wordsAreEscapedAsJsonWants() {
        List<String> words = List.of("say \"hi\"", "back\\slash", "tab\t", "\u001B[0m", "é");

        String json =
                new String(Hello.of(Terminal.ofProcess(), 90, 30, words), StandardCharsets.UTF_8);

        assertThat(json)
                .contains("\"columns\":90,\"rows\":30")
                .endsWith(
                        "\"command\":[\"say \\\"hi\\\"\",\"back\\\\slash\",\"tab\\u0009\",\"\\u001b[0m\",\"é\"]}");
    }
}

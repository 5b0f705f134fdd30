package org.bowline.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class YamlTest {
    @Test
    void writesBlocksAndQuotesText() throws Exception {
        String json =
                """
                {"items": [{"name": "a: \\"b\\"", "list": [1, [2, {"x": null}]], "none": []}],
                 "odd key": true}
                """;

        assertThat(Yaml.text(new ObjectMapper().readTree(json)))
                .isEqualTo(
                        """
                        items:
                          - name: "a: \\"b\\""
                            list:
                              - 1
                              - - 2
                                - x: null
                            none: []
                        "odd key": true
                        """);
    }
}

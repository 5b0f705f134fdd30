package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainOutputTest {
    @Test
    void leavesOutControlSequencesAndNothingElse() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();

        new PlainOutput(plain)
                .write("\u001B[1mbold\u001B[22m é\u001B[?1h[x]\n".getBytes(StandardCharsets.UTF_8));

        assertThat(plain.toString(StandardCharsets.UTF_8)).isEqualTo("bold é[x]\n");
    }
}

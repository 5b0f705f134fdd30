package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPictureTest {
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+)");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-");
    private static final int QUIET = 4;

    @TempDir Path data;

    @Test
    void aScannerReadsTheTokenOutOfThePicture() throws Exception {
        try (Stage stage = new Stage(data)) {
            stage.pairing.leading = true;

            HttpResponse<String> answer = stage.get("operator", "/leader/token.svg");

            assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(scanned(answer.body())).isEqualTo(FakePairing.TOKEN);
            assertThat(stage.get("viewer", "/leader/token.svg").statusCode()).isEqualTo(403);
            stage.pairing.leading = false;
            assertThat(Stage.problem(stage.get("operator", "/leader/token.svg")))
                    .isEqualTo("not-leading");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 120, 232, 400})
    void aTokenOfAnyLengthFits(int length) throws Exception {
        String token = "eyJ2Ijox".repeat(50).substring(0, length);

        assertThat(scanned(QrPicture.svg(token))).isEqualTo(token);
    }

    private static String scanned(String svg) throws Exception {
        Matcher size = SIZE.matcher(svg);
        assertThat(size.find()).isTrue();
        BitMatrix squares = new BitMatrix(Integer.parseInt(size.group(1)) - 2 * QUIET);
        Matcher run = RUN.matcher(svg);
        while (run.find()) {
            squares.setRegion(
                    Integer.parseInt(run.group(1)) - QUIET,
                    Integer.parseInt(run.group(2)) - QUIET,
                    Integer.parseInt(run.group(3)),
                    1);
        }
        return new Decoder().decode(squares).getText();
    }
}

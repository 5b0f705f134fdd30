package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TokenPictureTest {
    private static final Pattern SQUARE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");
    private static final int QUIET = 4;

    @Test
    void aScannerReadsTheTokenOutOfThePicture() throws Exception {
        try (StandIn agent = new StandIn(0);
                Browser browser = new Browser(agent.url())) {
            agent.scene.set("leader");
            browser.open("/hosts");
            for (int length : new int[] {8, 120, 224, 232, 330, 400}) {
                String token = (length + "/eyJ2Ijox").repeat(50).substring(0, length);
                agent.scene.put("leader", leaderWith(agent, token));
                browser.see(token);

                assertThat(scanned(browser)).isEqualTo(token);
            }
        }
    }

    private static ObjectNode leaderWith(StandIn agent, String token) {
        ObjectNode leader = agent.scene.get("leader").deepCopy();
        ((ObjectNode) leader.path("token")).put("text", token);
        return leader;
    }

    private static String scanned(Browser browser) throws Exception {
        String size = browser.attribute("svg.qr", "viewBox").split(" ")[2];
        BitMatrix squares = new BitMatrix(Integer.parseInt(size) - 2 * QUIET);
        Matcher dark = SQUARE.matcher(browser.attribute("svg.qr path", "d"));
        while (dark.find()) {
            int x = Integer.parseInt(dark.group(1)) - QUIET;
            squares.set(x, Integer.parseInt(dark.group(2)) - QUIET);
        }
        return new Decoder().decode(squares).getText();
    }
}

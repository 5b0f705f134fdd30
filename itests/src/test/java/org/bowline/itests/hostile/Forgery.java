package org.bowline.itests.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.bowline.itests.Agent;

/** Says hello on {@code pair/1} for a token whose one-time password it does not know. */
record Forgery(SSLContext context, Agent leader, Pasted token, String from) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The named cause of the refusal; empty if it was let in. */
    String refusal() throws IOException {
        byte[] nonce = new byte[32];
        byte[] mac = new byte[32];
        new Random().nextBytes(nonce);
        new Random().nextBytes(mac);
        Map<String, Object> hello =
                Map.of(
                        "token", token.id(),
                        "group", token.group(),
                        "nonce", nonce,
                        "facts", facts(),
                        "looking", false);
        try (Line line = Line.open(context, leader, "pair/1", from)) {
            if (line.read() != Line.SERVED) {
                throw new IOException("the leader serves no pairing");
            }
            JsonNode answer =
                    line.ask(
                            Map.of(
                                    "kind",
                                    "hello",
                                    "body",
                                    JSON.writeValueAsString(hello),
                                    "mac",
                                    mac));
            return JSON.readTree(answer.path("body").asText()).path("refusal").asText();
        }
    }

    private static Map<String, Object> facts() {
        return Map.of(
                "name", "nobody",
                "version", "0.1.0",
                "deploymentMode", "appliance",
                "osId", "debian",
                "osVersionId", "12",
                "multiNode", true,
                "installationMode", "airgap",
                "endpoints", List.of(),
                "uiPort", 5080);
    }
}

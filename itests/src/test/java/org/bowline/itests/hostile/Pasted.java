package org.bowline.itests.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token that somebody saw, and what can be made of it. */
record Pasted(ObjectNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Pasted of(String text) throws IOException {
        return new Pasted((ObjectNode) JSON.readTree(Base64.getDecoder().decode(text)));
    }

    /** As an operator pastes it. */
    String text() {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(bytes);
    }

    String id() {
        return json.path("id").asText();
    }

    String group() {
        return json.path("group").asText();
    }

    String issuer() {
        return json.path("key").asText();
    }

    byte[] otp() {
        return Base64.getUrlDecoder().decode(json.path("otp").asText());
    }

    /** The same that leads to another port. */
    Pasted at(int port) {
        ObjectNode other = json.deepCopy();
        other.putObject("port").put("tls", port);
        return new Pasted(other);
    }

    /** The same with the lowest bit of the pin's first letter flipped. */
    Pasted withAnotherPin() {
        String letters = "abcdefghijklmnopqrstuvwxyz234567";
        char flipped = letters.charAt(letters.indexOf(issuer().charAt(0)) ^ 1);
        ObjectNode other = json.deepCopy();
        other.put("key", flipped + issuer().substring(1));
        return new Pasted(other);
    }

    /** The same with one bit of the one-time password flipped. */
    Pasted withAnotherOtp() {
        byte[] otp = otp();
        otp[0] ^= 1;
        ObjectNode other = json.deepCopy();
        other.put("otp", Base64.getUrlEncoder().withoutPadding().encodeToString(otp));
        return new Pasted(other);
    }

    /** Every form in which its secret could stand somewhere, by the name of the form. */
    Map<String, byte[]> secrets() {
        byte[] otp = otp();
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        Map<String, byte[]> forms = new LinkedHashMap<>();
        forms.put("one-time password", otp);
        forms.put("one-time password in base64", latin(base64.encodeToString(otp)));
        forms.put("one-time password in base64url", latin(json.path("otp").asText()));
        forms.put("one-time password in hex", latin(HexFormat.of().formatHex(otp)));
        forms.put("token", latin(text()));
        return forms;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

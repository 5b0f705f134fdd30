package org.bowline.pairing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.IpLiteral;

/**
 * A token as text: standard base64 (RFC 4648) of compact JSON, at most {@value #MAX_LENGTH}
 * characters.
 *
 * <pre>
 * {"v":1,"ip":["192.0.2.10"],"port":{"tls":5082},"group":"…","id":"…","key":"…","otp":"…","life":120}
 * </pre>
 *
 * <p>What is read is judged strictly and completely before anything is sent anywhere.
 */
final class TokenText {
    static final int MAX_LENGTH = 400;

    private static final int VERSION = 1;
    private static final int MAX_ADDRESSES = 4;

    private final ObjectMapper json =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(3)
                                                    .build())
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The same token with as many of its addresses, first ones first, as its text has room for. */
    Token fit(Token token) {
        int most = Math.min(MAX_ADDRESSES, token.addresses().size());
        for (int count = most; count > 0; count--) {
            Token shorter = token.with(token.addresses().subList(0, count));
            if (count == 1 || write(shorter).length() <= MAX_LENGTH) {
                return shorter;
            }
        }
        throw new IllegalArgumentException("token without an address");
    }

    /** The text of a token. */
    String write(Token token) {
        ObjectNode root = json.createObjectNode().put("v", VERSION);
        token.addresses().forEach(root.putArray("ip")::add);
        token.ports().forEach(root.putObject("port")::put);
        root.put("group", token.group()).put("id", token.id()).put("key", token.issuer().value());
        root.put("otp", Base64.getUrlEncoder().withoutPadding().encodeToString(token.otp()));
        root.put("life", Token.LIFE);
        return Base64.getEncoder().encodeToString(root.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what an operator pasted; white space around it does no harm.
     *
     * @throws RefusedException naming what is wrong with it
     */
    Token read(String pasted) throws RefusedException {
        String text = pasted.strip();
        if (text.isEmpty()) {
            throw new RefusedException(Refusal.TOKEN_EMPTY, "Nothing was pasted");
        }
        if (text.length() > MAX_LENGTH) {
            throw new RefusedException(
                    Refusal.TOKEN_TOO_LONG,
                    text.length() + " characters, a token has at most " + MAX_LENGTH);
        }
        JsonNode root = parse(text);
        if (!root.path("v").isInt() || root.path("v").intValue() != VERSION) {
            throw new RefusedException(
                    Refusal.TOKEN_VERSION_UNKNOWN,
                    "Token version " + root.path("v") + ", this agent reads version " + VERSION);
        }
        return new Token(
                addresses(root.path("ip")),
                ports(root.path("port")),
                text(root, "group", "[a-z2-7]{16}"),
                text(root, "id", "[a-z2-7]{8}"),
                new HostId(text(root, "key", "[a-z2-7]{26}")),
                otp(root));
    }

    private JsonNode parse(String text) throws RefusedException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.TOKEN_NOT_BASE64,
                    "It has characters or a length that base64 has not",
                    e);
        }
        try {
            JsonNode root = json.readTree(bytes);
            if (root instanceof ObjectNode) {
                return root;
            }
        } catch (JsonProcessingException e) {
            // The cause may quote the token, so it goes no further.
            throw new RefusedException(
                    Refusal.TOKEN_NOT_JSON,
                    "What is inside is not well-formed, or not of a token's form");
        } catch (IOException e) {
            throw new RefusedException(Refusal.TOKEN_NOT_JSON, "What is inside cannot be read");
        }
        throw new RefusedException(Refusal.TOKEN_NOT_JSON, "What is inside is not a JSON object");
    }

    private static List<String> addresses(JsonNode node) throws RefusedException {
        if (!node.isArray() || node.isEmpty() || node.size() > MAX_ADDRESSES) {
            throw invalid("ip", "expected 1 to " + MAX_ADDRESSES + " addresses");
        }
        List<String> addresses = new ArrayList<>();
        for (JsonNode address : node) {
            if (!address.isTextual()
                    || IpLiteral.parse(address.textValue())
                            .filter(IpLiteral::isUnicast)
                            .isEmpty()) {
                throw invalid("ip", "not the IP address of a host");
            }
            addresses.add(address.textValue());
        }
        return addresses;
    }

    private static Map<String, Integer> ports(JsonNode node) throws RefusedException {
        if (!node.isObject() || node.isEmpty() || node.size() > 4) {
            throw invalid("port", "expected a port for each transport");
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> port : node.properties()) {
            int number = port.getValue().isInt() ? port.getValue().intValue() : -1;
            if (!port.getKey().matches("[a-z]{1,8}") || number < 1 || number > 65535) {
                throw invalid("port", "expected 1 to 65535 for each transport");
            }
            ports.put(port.getKey(), number);
        }
        return ports;
    }

    private static byte[] otp(JsonNode root) throws RefusedException {
        byte[] otp;
        try {
            otp = Base64.getUrlDecoder().decode(text(root, "otp", "[A-Za-z0-9_-]{22}"));
        } catch (IllegalArgumentException e) {
            throw invalid("otp", "not base64url");
        }
        if (otp.length != Token.OTP_LENGTH) {
            throw invalid("otp", "expected " + Token.OTP_LENGTH + " bytes");
        }
        return otp;
    }

    private static String text(JsonNode root, String field, String pattern)
            throws RefusedException {
        JsonNode node = root.path(field);
        if (!node.isTextual() || !node.textValue().matches(pattern)) {
            throw invalid(field, "missing, or not of its form");
        }
        return node.textValue();
    }

    private static RefusedException invalid(String field, String why) {
        return new RefusedException(Refusal.TOKEN_FIELD_INVALID, "Field \"" + field + "\": " + why);
    }
}

package org.bowline.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Problem;
import org.bowline.rest.http.RestContext;
import org.yaml.snakeyaml.Yaml;

/**
 * Holds answers against {@code openapi.yaml}: path, verb, status, media type and body. A client may
 * ignore what it does not know, but here a field that is not written down is a fault.
 */
final class Contract {
    private static final String PLACE = "urn:bowline:openapi";
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(
                    SpecVersion.VersionFlag.V202012,
                    builder ->
                            builder.schemaLoaders(
                                    loaders ->
                                            loaders.schemas(Map.of(PLACE, DOCUMENT.toString()))));
    private static final Map<String, JsonSchema> KNOWN = new ConcurrentHashMap<>();

    private Contract() {}

    private static JsonNode document() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            JsonNode document = Json.mapper().valueToTree(new Yaml().load(in));
            close(document);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forbids fields that are not written down, in every object that names its own. */
    private static void close(JsonNode node) {
        node.forEach(Contract::close);
        boolean named = node.path("type").asText().equals("object") && node.has("properties");
        if (named && !node.has("additionalProperties")) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
    }

    /** Fails if the answer is none of those that the document names. */
    static void check(HttpResponse<String> answer) throws IOException {
        String method = answer.request().method();
        String path = answer.uri().getRawPath().substring(RestContext.PATH.length());
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase();
        Optional<String> route =
                template(path).filter(found -> DOCUMENT.at(pointer(found, verb)).isObject());
        String told = method + " " + path + " answers " + answer.statusCode() + " " + answer.body();
        if (route.isEmpty()) {
            checkProblem(answer, told);
            return;
        }
        String responses = pointer(route.get(), verb) + "/responses/";
        String exact = responses + answer.statusCode();
        boolean success = answer.statusCode() < 400;
        String at = DOCUMENT.at(exact).isMissingNode() && !success ? responses + "default" : exact;
        at = followed(at);
        if (DOCUMENT.at(at).isMissingNode()) {
            throw new AssertionError("openapi.yaml does not know that " + told);
        }
        if (!method.equals("HEAD")) {
            checkBody(answer, at, told);
        }
    }

    private static void checkProblem(HttpResponse<String> answer, String told) throws IOException {
        if (answer.request().method().equals("HEAD")) {
            return;
        }
        if (!media(answer).equals(Problem.MEDIA_TYPE)) {
            throw new AssertionError("no problem where there is no route: " + told);
        }
        check("/components/schemas/Problem", Json.mapper().readTree(answer.body()), told);
    }

    private static void checkBody(HttpResponse<String> answer, String at, String told)
            throws IOException {
        JsonNode content = DOCUMENT.at(at).path("content");
        String media = media(answer);
        if (answer.body().isEmpty()) {
            boolean optional = content.isMissingNode() || answer.statusCode() == 201;
            if (!optional && content.has("application/json")) {
                throw new AssertionError("a body is missing: " + told);
            }
            return;
        }
        if (!content.has(media)) {
            throw new AssertionError(media + " is not in openapi.yaml: " + told);
        }
        if (media.endsWith("json")) {
            String schema = at + "/content/" + media.replace("/", "~1") + "/schema";
            check(schema, Json.mapper().readTree(answer.body()), told);
        }
    }

    /** Fails if that value does not fit the schema at that place of the document. */
    static void check(String at, JsonNode value, String told) {
        Set<ValidationMessage> faults = KNOWN.computeIfAbsent(at, Contract::schema).validate(value);
        if (!faults.isEmpty()) {
            throw new AssertionError(faults + " in " + told);
        }
    }

    private static JsonSchema schema(String at) {
        if (DOCUMENT.at(at).isMissingNode()) {
            throw new AssertionError("openapi.yaml has no " + at);
        }
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return SCHEMAS.getSchema(SchemaLocation.of(PLACE + "#" + at), config);
    }

    /** Fails if an event does not fit what is written of its subject. */
    static void checkEvent(String subject, JsonNode value) {
        String at = pointer("/events", "get") + "/x-bowline-events/" + subject;
        check(at, value, "event " + subject + " " + value);
    }

    private static String followed(String at) {
        String reference = DOCUMENT.at(at).path("$ref").asText();
        return reference.isEmpty() ? at : reference.substring(1);
    }

    private static String media(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    }

    private static String pointer(String route, String verb) {
        return "/paths/" + route.replace("~", "~0").replace("/", "~1") + "/" + verb;
    }

    /** The path of the document that this one is; one without names in braces goes first. */
    private static Optional<String> template(String path) {
        if (DOCUMENT.path("paths").has(path)) {
            return Optional.of(path);
        }
        String[] asked = path.split("/", -1);
        for (var names = DOCUMENT.path("paths").fieldNames(); names.hasNext(); ) {
            String known = names.next();
            String[] parts = known.split("/", -1);
            boolean same = parts.length == asked.length;
            for (int i = 0; same && i < parts.length; i++) {
                same = parts[i].startsWith("{") || parts[i].equals(asked[i]);
            }
            if (same) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}

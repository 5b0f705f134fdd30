package org.bowline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * One agent's REST interface as a script sees it, with an API token. Trusts whatever key answers:
 * for agents that this process started itself.
 *
 * <p>Safe for use by any thread. Every call waits for the answer, at most two minutes.
 */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client;
    private final URI base;
    private final String token;

    /**
     * @param url of the agent, such as {@code https://127.0.0.1:5080}
     * @param token an API token; empty for none
     */
    public Rest(String url, String token) {
        this.base = URI.create(url + "/api/v1");
        this.token = token;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(trusting())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    /** An answer as it came. */
    public record Answer(int status, JsonNode body, java.net.http.HttpHeaders headers) {
        /** The named cause of a refusal, such as {@code token-expired}; empty if it is none. */
        public String refusal() {
            return body.path("type").asText().replace("urn:bowline:problem:", "");
        }
    }

    /** The agent answered with a refusal. */
    public static final class RefusedAnswer extends IOException {
        private static final long serialVersionUID = 1L;

        private final String refusal;

        RefusedAnswer(String asked, Answer answer) {
            super(asked + ": " + answer.status() + " " + answer.body());
            this.refusal = answer.refusal();
        }

        /** The named cause, such as {@code use-the-leader}. */
        public String refusal() {
            return refusal;
        }
    }

    public JsonNode get(String path) throws IOException {
        return ok("GET", path, BodyPublishers.noBody());
    }

    public JsonNode post(String path, Object body) throws IOException {
        return ok("POST", path, json(body));
    }

    public JsonNode delete(String path) throws IOException {
        return ok("DELETE", path, BodyPublishers.noBody());
    }

    /** Uploads a file in one go, streamed. */
    public JsonNode upload(Path file, String name) throws IOException {
        return ok("PUT", "/uploads/" + name, BodyPublishers.ofFile(file));
    }

    /** Opens the bytes of a content bundle; the caller closes them. */
    public InputStream download(String digest) throws IOException {
        HttpResponse<InputStream> response =
                exchange(
                        request("GET", "/content/" + digest + "/data", BodyPublishers.noBody()),
                        BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw new IOException(
                        response.statusCode() + " " + new String(body.readAllBytes()));
            }
        }
        return response.body();
    }

    /** Sends a request and returns whatever comes back. */
    public Answer send(String method, String path, BodyPublisher body) throws IOException {
        HttpResponse<byte[]> response =
                exchange(request(method, path, body), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), read(response.body()), response.headers());
    }

    /** A body of JSON. */
    public static BodyPublisher json(Object body) throws IOException {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private JsonNode ok(String method, String path, BodyPublisher body) throws IOException {
        Answer answer = send(method, path, body);
        if (answer.status() >= 400) {
            throw new RefusedAnswer(method + " " + base + path, answer);
        }
        return answer.body();
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(LIMIT)
                        .header("Accept", "application/json")
                        .header("Content-Type", contentType(method))
                        .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static String contentType(String method) {
        return switch (method) {
            case "PUT" -> "application/octet-stream";
            case "PATCH" -> "application/offset+octet-stream";
            default -> "application/json";
        };
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(new String(body));
        }
    }

    /** Accepts any key: for agents that this process started itself. */
    static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyKey()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}

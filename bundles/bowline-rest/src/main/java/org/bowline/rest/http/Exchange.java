package org.bowline.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;

/**
 * One request on its way to its answer.
 *
 * @param request as the container has it
 * @param response as the container has it
 * @param caller who asks
 * @param values of the names in the route's path
 */
public record Exchange(
        HttpServletRequest request,
        HttpServletResponse response,
        Caller caller,
        Map<String, String> values) {
    /** What is read of a body that is refused, so that its sender gets to read the answer. */
    private static final int MAX_DRAIN = 8 << 20;

    /** Longer than this nobody takes to send a body of JSON, except to keep a thread busy. */
    private static final Duration MAX_READING = Duration.ofSeconds(20);

    /** The value of a name in the route's path. */
    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("route without {" + name + "}");
        }
        return value;
    }

    /** The host that the path names. */
    public HostId host(String name) throws RefusedException {
        try {
            return new HostId(value(name));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.HOST_UNKNOWN, "No host has the id " + value(name), e);
        }
    }

    /** A parameter of the query; the body is never looked at for it. */
    public Optional<String> query(String name) throws RefusedException {
        String query = request.getQueryString();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (name.equals(equals < 0 ? pair : pair.substring(0, equals))) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) throws RefusedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The query is not percent-encoded");
        }
    }

    /** Whether the query asks what would happen, instead of doing it. */
    public boolean dryRun() throws RefusedException {
        return flag("dryRun");
    }

    /** A parameter of the query that is true or false; false if it is not there. */
    public boolean flag(String name) throws RefusedException {
        String asked = query(name).orElse("false");
        return switch (asked) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw invalid(name + " is " + asked + ", expected true or false");
        };
    }

    /** How long the query asks to wait, such as {@code ?wait=30s}: zero to a minute. */
    public Duration waiting() throws RefusedException {
        String asked = query("wait").orElse("0s");
        String digits = asked.endsWith("s") ? asked.substring(0, asked.length() - 1) : asked;
        if (!digits.matches("[0-9]{1,2}") || Integer.parseInt(digits) > 60) {
            throw invalid("wait is " + asked + ", expected 0s to 60s");
        }
        return Duration.ofSeconds(Integer.parseInt(digits));
    }

    /** A header of the request. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** The one who acts. */
    public Actor actor() {
        return caller.actor();
    }

    /**
     * The body as JSON; an empty one is an empty object.
     *
     * @throws RefusedException {@code REQUEST_TOO_LARGE}, {@code REQUEST_INVALID}
     */
    public <T> T body(Class<T> type) throws IOException {
        byte[] body = read();
        try {
            byte[] json = body.length == 0 ? "{}".getBytes(StandardCharsets.US_ASCII) : body;
            T value = Json.mapper().readValue(json, type);
            if (value == null) {
                throw invalid("The body is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            // Its message would quote the body, which may hold a secret.
            var at = e.getLocation();
            String where = at == null ? "" : " (byte " + at.getByteOffset() + ")";
            throw invalid("The body is not the JSON that is expected" + where);
        }
    }

    private byte[] read() throws IOException {
        InputStream in = input();
        byte[] body = new byte[Json.MAX_BODY + 1];
        long end = System.nanoTime() + MAX_READING.toNanos();
        int length = 0;
        for (int read = 0; read >= 0 && length < body.length; length += Math.max(0, read)) {
            if (System.nanoTime() - end > 0) {
                throw invalid("The body came too slowly");
            }
            read = in.read(body, length, body.length - length);
        }
        if (length > Json.MAX_BODY) {
            drain(in, end);
            throw new RefusedException(
                    Refusal.REQUEST_TOO_LARGE,
                    "The body has more than " + Json.MAX_BODY + " bytes");
        }
        return Arrays.copyOf(body, length);
    }

    /** The body as it is, for content. */
    public InputStream input() throws IOException {
        return new RequestBody(request);
    }

    /** Reads on until that nanoTime, and no more than {@link #MAX_DRAIN}. */
    static void drain(InputStream in, long end) throws IOException {
        byte[] buffer = new byte[16 << 10];
        for (int left = MAX_DRAIN; left > 0 && System.nanoTime() - end < 0; ) {
            int read = in.read(buffer);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    /** Answers a value as JSON. */
    public void answer(int status, Object value) throws IOException {
        byte[] body = Json.bytes(value);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Answers a value as JSON. */
    public void answer(Object value) throws IOException {
        answer(HttpServletResponse.SC_OK, value);
    }

    /** Answers that it is done. */
    public void done() {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** A refusal of what was asked. */
    public static RefusedException invalid(String detail) {
        return new RefusedException(Refusal.REQUEST_INVALID, detail);
    }
}

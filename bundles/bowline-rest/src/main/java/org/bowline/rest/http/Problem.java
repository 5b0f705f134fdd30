package org.bowline.rest.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;

/**
 * A refusal as HTTP tells it: RFC 9457 {@code application/problem+json}, with what to do about it.
 *
 * @param type {@code urn:bowline:problem:} and the refusal's name
 * @param title one sentence for people, the same each time
 * @param status the HTTP status
 * @param detail what exactly stood in the way
 * @param fix what to do about it
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "fix"})
public record Problem(String type, String title, int status, String detail, String fix) {
    /** What every type begins with. */
    public static final String PREFIX = "urn:bowline:problem:";

    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The problem that tells this refusal. */
    public static Problem of(Refusal refusal, String detail) {
        return new Problem(
                PREFIX + refusal.code(), refusal.title(), refusal.status(), detail, refusal.fix());
    }

    /** The problem that tells this refusal. */
    public static Problem of(RefusedException refused) {
        return of(refused.refusal(), refused.detail());
    }

    /** The same with another HTTP status, where a protocol asks for it. */
    public Problem withStatus(int other) {
        return new Problem(type, title, other, detail, fix);
    }

    /** Answers it; no effect if the answer has already begun. */
    public void send(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        headers(response);
        byte[] body = Json.bytes(this);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void headers(HttpServletResponse response) {
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"bowline\"");
        } else if (type.equals(PREFIX + Refusal.BEING_UPDATED.code())) {
            response.setHeader("Retry-After", "1");
        }
    }

    /** Tells in {@code Retry-After} how long to wait, in whole seconds, at least one. */
    public static void retryAfter(HttpServletResponse response, Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        response.setHeader("Retry-After", Long.toString(seconds));
    }
}

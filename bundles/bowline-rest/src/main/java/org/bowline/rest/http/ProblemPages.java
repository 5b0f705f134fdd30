package org.bowline.rest.http;

import java.nio.ByteBuffer;
import org.bowline.api.Refusal;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Tells what Jetty itself refuses, before any servlet sees it, as a problem: never with a page of
 * its own, a cause or a stack trace.
 */
final class ProblemPages extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = problem(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(Json.bytes(problem)), callback);
        return true;
    }

    private static Problem problem(int status) {
        Refusal refusal =
                switch (status) {
                    case 404 -> Refusal.NOT_FOUND;
                    case 405 -> Refusal.METHOD_NOT_ALLOWED;
                    case 413, 414, 431 -> Refusal.REQUEST_TOO_LARGE;
                    case 503 -> Refusal.BEING_UPDATED;
                    default -> status < 500 ? Refusal.REQUEST_INVALID : Refusal.INTERNAL;
                };
        return Problem.of(refusal, "HTTP status " + status).withStatus(status);
    }
}

package org.bowline.rest.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, straight from the container. It remembers on the request that it broke
 * off, so that a caller who went away is told from a room that failed.
 */
final class RequestBody extends InputStream {
    private static final String BROKEN = "org.bowline.rest.broken";

    private final HttpServletRequest request;
    private final InputStream in;

    RequestBody(HttpServletRequest request) throws IOException {
        this.request = request;
        this.in = request.getInputStream();
    }

    /** Whether the body of that request broke off. */
    static boolean broken(HttpServletRequest request) {
        return request.getAttribute(BROKEN) != null;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            request.setAttribute(BROKEN, Boolean.TRUE);
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}

package org.bowline.local.ui;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code GET /*} serves the Local UI. Assets are named by their hash and may be kept for ever; the
 * page that names them may never be kept, so that a browser sees an update at once. Paths of the
 * page's own routes answer the page.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardContextSelect(UiContext.SELECT)
@HttpWhiteboardTarget(UiContext.TARGET)
public final class UiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy", CONTENT_POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String PAGE = "index.html";
    private static final String MISSING = "404.html";

    /** Routes have no dot, files have one; the API and the registry never answer a page. */
    private static final Pattern ROUTE =
            Pattern.compile("/(?!(api|v2|assets)(/|$))([a-z0-9-]+(/[a-z0-9-]+)*)?/?");

    private final transient Assets assets = new Assets();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HEADERS.forEach(response::setHeader);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        if (ROUTE.matcher(path).matches()) {
            send(PAGE, 200, "no-store", request, response);
        } else if (assets.find(path.substring(1)).isEmpty()) {
            send(MISSING, 404, "no-store", request, response);
        } else if (path.startsWith("/assets/")) {
            send(path.substring(1), 200, KEEP, request, response);
        } else {
            send(path.substring(1), 200, "no-cache", request, response);
        }
    }

    private void send(
            String name,
            int status,
            String keep,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<Asset> found = assets.find(name);
        Asset asset = found.orElseThrow(() -> new IOException("the bundle lacks " + name));
        response.setHeader("Cache-Control", keep);
        response.setHeader("ETag", asset.etag());
        if (status == 200 && asset.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setStatus(status);
        response.setContentType(asset.type());
        response.setContentLength(asset.bytes().length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(asset.bytes());
        }
    }
}

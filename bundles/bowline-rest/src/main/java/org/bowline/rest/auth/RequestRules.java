package org.bowline.rest.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;

/** What no request may look like, whoever sends it. */
final class RequestRules {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");

    /** A dot, a slash, a backslash, a percent sign, a semicolon or nothing, in disguise. */
    private static final List<String> TRICKS =
            List.of("%2e", "%2f", "%5c", "%25", "%3b", "%00", "//", ";", "\\", "/../", "/./");

    private RequestRules() {}

    /** Whether the method changes nothing. */
    static boolean safe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    /**
     * @throws RefusedException {@code REQUEST_INVALID} for a path that could mean two things, or a
     *     body that is compressed
     */
    static void check(HttpServletRequest request) throws RefusedException {
        String path = request.getRequestURI().toLowerCase(Locale.ROOT);
        if (TRICKS.stream().anyMatch(path::contains) || path.endsWith("/..")) {
            throw new RefusedException(Refusal.REQUEST_INVALID, "The path is not in plain form");
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RefusedException(
                    Refusal.REQUEST_INVALID, "The body is encoded; send it as it is");
        }
    }

    /**
     * Keeps out what another site's page sends with this browser's cookie.
     *
     * @throws RefusedException {@code CROSS_SITE}
     */
    static void checkSite(HttpServletRequest request) throws RefusedException {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_PAGE.contains(site)) {
            throw new RefusedException(Refusal.CROSS_SITE, "The browser says so");
        }
        String origin = request.getHeader("Origin");
        String own = request.getScheme() + "://" + request.getHeader("Host");
        if (origin != null && !origin.equalsIgnoreCase(own)) {
            throw new RefusedException(Refusal.CROSS_SITE, "Its origin is another than " + own);
        }
    }

    /**
     * @param csrf what the session's page knows
     * @throws RefusedException {@code CROSS_SITE} if a request that changes something lacks it
     */
    static void checkCsrf(HttpServletRequest request, String csrf) throws RefusedException {
        String sent = request.getHeader("X-Bowline-Csrf");
        if (!safe(request) && (sent == null || !Secrets.same(sent, csrf))) {
            throw new RefusedException(
                    Refusal.CROSS_SITE, "X-Bowline-Csrf is not that of the session");
        }
    }
}

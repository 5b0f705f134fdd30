package org.bowline.rest.auth;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.Caller;
import org.bowline.rest.http.Problem;
import org.bowline.rest.http.RestContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * In front of every route: refuses what no request may look like, finds out who calls, and leaves
 * the {@link Caller} for the servlet, which asks it for its role. Servlets answer nothing without
 * it.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class Gate implements Filter {
    private static final String BEARER = "Bearer ";

    private final Access access;
    private final Records records;

    @Activate
    public Gate(@Reference Access access, @Reference Records records) {
        this.access = access;
        this.records = records;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        headers(answer);
        try {
            RequestRules.check(asked);
            access.names.check(asked);
            Caller caller = caller(asked);
            asked.setAttribute(Caller.ATTRIBUTE, caller);
            asked.setAttribute(Caller.DOORMAN, doorman(asked, caller));
        } catch (RefusedException e) {
            keptOut(asked, e);
            Problem.of(e).send(answer);
            return;
        }
        records.catchUp();
        chain.doFilter(request, response);
    }

    private void keptOut(HttpServletRequest request, RefusedException refused) {
        String source = request.getRemoteAddr();
        switch (refused.refusal()) {
            case SIGN_IN_REQUIRED -> {
                if (hasCredential(request)) { // else nobody tried anything
                    records.refusedStranger("session.refused", "", refused, source);
                }
            }
            case CROSS_SITE, HOST_NAME_UNKNOWN ->
                    records.refusedStranger(
                            "request.refused", Records.line(request), refused, source);
            default -> {
                // a path or body in disguise: it reaches nothing, so it is no news
            }
        }
    }

    /** Whether there is anything behind the scheme's name. */
    private static boolean hasCredential(HttpServletRequest request) {
        String sent = request.getHeader("Authorization");
        return sent != null && sent.strip().indexOf(' ') > 0;
    }

    private Caller.Doorman doorman(HttpServletRequest request, Caller caller) {
        return refused ->
                records.refusedCaller(
                        caller.actor(), "request.refused", Records.line(request), refused);
    }

    private static void headers(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private Caller caller(HttpServletRequest request) throws RefusedException {
        String sent = request.getHeader("Authorization");
        if (sent != null) {
            return byToken(sent);
        }
        RequestRules.checkSite(request);
        Optional<Sessions.Session> session = cookie(request).flatMap(access.sessions::use);
        if (session.isEmpty()) {
            return Caller.ANYBODY;
        }
        Sessions.Session found = session.get();
        if (!signsIn(request)) {
            RequestRules.checkCsrf(request, found.csrf);
        }
        request.setAttribute(SessionServlet.SESSION, found);
        return new Caller(found.user, found.role, () -> access.sessions.alive(found));
    }

    /** A page that is about to sign in knows no session yet; another tab may have one. */
    private static boolean signsIn(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && request.getRequestURI().equals(RestContext.PATH + "/session");
    }

    private Caller byToken(String sent) throws RefusedException {
        if (!sent.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new RefusedException(
                    Refusal.SIGN_IN_REQUIRED, "Authorization has another scheme than Bearer");
        }
        ApiTokens.ApiToken token =
                access.tokens
                        .check(sent.substring(BEARER.length()).strip())
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.SIGN_IN_REQUIRED,
                                                "The API token is unknown or has expired"));
        return new Caller(token.name(), token.role(), () -> access.tokens.alive(token));
    }

    private Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(access.cookie)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }
}

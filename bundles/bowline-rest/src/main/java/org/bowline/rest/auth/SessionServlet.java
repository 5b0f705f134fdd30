package org.bowline.rest.auth;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.Problem;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/** {@code /api/v1/session}: signs in, tells who is signed in, signs out. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/session")
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class SessionServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private static final String FACE = "rest";

    /** The attribute under which the gate leaves the session of a browser. */
    static final String SESSION = "org.bowline.rest.session";

    private record SignIn(@Nullable String name, @Nullable String password) {
        @Override
        public String toString() {
            return "sign-in of " + name;
        }
    }

    private record SessionView(String user, String role, String csrf) {}

    private final transient Access access;
    private final transient Records records;

    @Activate
    public SessionServlet(@Reference Access access, @Reference Records records) {
        this.access = access;
        this.records = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/session", Role.VIEWER, this::show),
                Route.of("POST", "/session", Role.ANYONE, crowded(access, this::begin)),
                Route.of("DELETE", "/session", Role.ANYONE, this::end));
    }

    private void show(Exchange exchange) throws IOException {
        Object session = exchange.request().getAttribute(SESSION);
        exchange.answer(
                session instanceof Sessions.Session own
                        ? new SessionView(own.user, own.role.word(), own.csrf)
                        : new SessionView(
                                exchange.caller().name(), exchange.caller().role().word(), ""));
    }

    private void begin(Exchange exchange) throws IOException {
        SignIn signIn = exchange.body(SignIn.class);
        if (signIn.name() == null || signIn.password() == null) {
            throw Exchange.invalid("A sign-in has name and password");
        }
        String source = exchange.request().getRemoteAddr();
        String user = signIn.name().length() > User.MAX_NAME ? "" : signIn.name();
        refuseHaste(exchange, source, user);
        Optional<User> found = access.users.check(user, signIn.password().toCharArray());
        if (found.isEmpty()) {
            access.bySource.failed(source);
            access.byUser.failed(user);
            RefusedException refused =
                    new RefusedException(
                            Refusal.SIGN_IN_FAILED,
                            "No user of this host has that name and password");
            records.refusedStranger("session.refused", access.users.told(user), refused, source);
            throw refused;
        }
        access.bySource.succeeded(source);
        access.byUser.succeeded(user);
        String secret = access.sessions.begin(found.get());
        exchange.response().addCookie(cookie(secret, -1));
        Sessions.Session session = access.sessions.use(secret).orElseThrow();
        Actor actor = new Actor(session.user, FACE);
        records.record(Act.done(actor, "session.open", session.user, "From " + source));
        exchange.answer(new SessionView(session.user, session.role.word(), session.csrf));
    }

    private void refuseHaste(Exchange exchange, String source, String user)
            throws RefusedException {
        Duration bySource = access.bySource.wait(source);
        Duration byUser = access.byUser.wait(user);
        Duration wait = bySource.compareTo(byUser) > 0 ? bySource : byUser;
        if (wait.compareTo(Duration.ZERO) > 0) {
            RefusedException refused = throttled(exchange.response(), wait);
            records.refusedStranger("session.refused", access.users.told(user), refused, source);
            throw refused;
        }
    }

    /** What strangers may do: only so many of them at once, from the first byte of the body. */
    static Route.Act crowded(Access access, Route.Act act) {
        return exchange -> {
            String source = exchange.request().getRemoteAddr();
            if (!access.crowd.enter(source)) {
                throw throttled(exchange.response(), Duration.ofSeconds(1));
            }
            try {
                act.on(exchange);
            } finally {
                access.crowd.leave(source);
            }
        };
    }

    /** A refusal that tells how long to wait. */
    static RefusedException throttled(HttpServletResponse response, Duration wait) {
        Problem.retryAfter(response, wait);
        return new RefusedException(
                Refusal.SIGN_IN_THROTTLED, "Try again in " + (wait.toMillis() + 999) / 1000 + " s");
    }

    private void end(Exchange exchange) {
        Cookie[] sent = exchange.request().getCookies();
        for (Cookie cookie : sent == null ? new Cookie[0] : sent) {
            if (cookie.getName().equals(access.cookie)) {
                access.sessions.end(cookie.getValue()).ifPresent(user -> ended(exchange, user));
            }
        }
        exchange.response().addCookie(cookie("", 0));
        exchange.done();
    }

    private void ended(Exchange exchange, String user) {
        String source = exchange.request().getRemoteAddr();
        Actor actor = new Actor(user, FACE);
        records.record(Act.done(actor, "session.close", user, "From " + source));
    }

    private Cookie cookie(String secret, int maxAge) {
        Cookie cookie = new Cookie(access.cookie, secret);
        cookie.setSecure(true);
        cookie.setHttpOnly(true);
        cookie.setPath("/");
        cookie.setMaxAge(maxAge);
        cookie.setAttribute("SameSite", "Strict");
        return cookie;
    }
}

package org.bowline.rest.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A servlet that is a list of routes. It lets a caller only through to what their role covers, and
 * tells every refusal as a problem. Without the gate's word on who calls, it answers nothing.
 */
public abstract class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private transient volatile @Nullable List<Route> known;

    /** What it answers; asked once. */
    public abstract List<Route> routes();

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            dispatch(request, response);
        } catch (RefusedException e) {
            if (e.refusal() == Refusal.FORBIDDEN
                    && request.getAttribute(Caller.DOORMAN) instanceof Caller.Doorman doorman) {
                doorman.denied(e);
            }
            Problem.of(e).send(response);
        } catch (IOException | ServletException | RuntimeException e) {
            fail(request, response, e);
        }
    }

    private static void fail(
            HttpServletRequest request, HttpServletResponse response, Exception cause)
            throws IOException {
        if (RequestBody.broken(request)) {
            LOG.debug("{} {}: the body broke off", request.getMethod(), path(request), cause);
            tellIfStillThere(Problem.of(Refusal.UPLOAD_TRUNCATED, "The body broke off"), response);
        } else if (response.isCommitted() && cause instanceof IOException) {
            // The caller went away. What was sent is shorter than announced, so Jetty closes.
            LOG.debug("{} {}: the answer broke off", request.getMethod(), path(request), cause);
        } else {
            LOG.error("{} {} failed", request.getMethod(), path(request), cause);
            Problem.of(Refusal.INTERNAL, "The cause stands in the agent's log").send(response);
        }
    }

    /** Half a connection may be left: who sends no more may still read, or is gone altogether. */
    private static void tellIfStillThere(Problem problem, HttpServletResponse response) {
        try {
            problem.send(response);
        } catch (IOException e) {
            LOG.debug("Nobody is there to be told: {}", e.toString());
        }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)) {
            throw new RefusedException(Refusal.BEING_UPDATED, "Sign-in is being updated");
        }
        String[] asked = path(request).substring(1).split("/", -1);
        Set<String> allowed = new LinkedHashSet<>();
        for (Route route : all()) {
            Optional<Map<String, String>> values = route.match(asked);
            if (values.isPresent() && route.takes(request.getMethod())) {
                run(route, new Exchange(request, response, caller, values.get()));
                return;
            }
            values.ifPresent(there -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            throw unknown(path(request));
        }
        response.setHeader("Allow", String.join(", ", allowed));
        throw new RefusedException(
                Refusal.METHOD_NOT_ALLOWED, request.getMethod() + " is not for " + path(request));
    }

    /** What a path is told that no route matches. */
    protected RefusedException unknown(String path) {
        return new RefusedException(Refusal.NOT_FOUND, "The API has no such path");
    }

    private static void run(Route route, Exchange exchange) throws IOException, ServletException {
        Caller caller = exchange.caller();
        if (!caller.role().covers(route.role())) {
            throw caller.role() == Role.ANYONE
                    ? new RefusedException(
                            Refusal.SIGN_IN_REQUIRED, "This needs " + route.role().word())
                    : new RefusedException(
                            Refusal.FORBIDDEN,
                            "This needs "
                                    + route.role().word()
                                    + ", you are "
                                    + caller.role().word());
        }
        if (!route.dryRuns() && !SAFE.contains(route.method()) && exchange.dryRun()) {
            throw Exchange.invalid("This has no dry run; nothing was done");
        }
        route.act().on(exchange);
    }

    private List<Route> all() {
        List<Route> now = known;
        if (now == null) {
            now = routes();
            known = now;
        }
        return now;
    }

    private static String path(HttpServletRequest request) {
        String below = request.getPathInfo() == null ? "" : request.getPathInfo();
        return request.getServletPath() + below;
    }
}

package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/health}: whether this agent does its job; {@code /api/v1/openapi.yaml}: this API
 * in words for machines.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/health", "/openapi.yaml"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class HealthServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private record Health(boolean ready) {}

    private final transient Readiness readiness;

    @Activate
    public HealthServlet(@Reference Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/health", Role.ANYONE, this::health),
                Route.of("GET", "/openapi.yaml", Role.ANYONE, this::openapi));
    }

    private void health(Exchange exchange) throws IOException {
        exchange.answer(new Health(readiness.ready()));
    }

    private void openapi(Exchange exchange) throws IOException {
        try (InputStream in = HealthServlet.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new RefusedException(Refusal.NOT_FOUND, "This build has no openapi.yaml");
            }
            exchange.response().setContentType("application/yaml; charset=utf-8");
            in.transferTo(exchange.response().getOutputStream());
        }
    }
}

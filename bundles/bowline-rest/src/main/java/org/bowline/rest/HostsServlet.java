package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
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

/** {@code /api/v1/hosts}: the table of linked hosts, and unlinking one of them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/hosts", "/hosts/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class HostsServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Pairing pairing;
    private final transient Readiness readiness;

    @Activate
    public HostsServlet(@Reference Pairing pairing, @Reference Readiness readiness) {
        this.pairing = pairing;
        this.readiness = readiness;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/hosts", Role.VIEWER, this::list),
                Route.of("GET", "/hosts/{id}", Role.VIEWER, this::show),
                Route.of("DELETE", "/hosts/{id}", Role.OPERATOR, this::unlink));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(Words.hosts(pairing, readiness.ready()));
    }

    private void show(Exchange exchange) throws IOException {
        exchange.answer(row(exchange.host("id")));
    }

    /** On a leader a follower's row, on a follower its own. */
    private void unlink(Exchange exchange) throws IOException {
        if (exchange.query("forget").isPresent()) {
            throw Exchange.invalid("forget is not known yet; unlink the host instead");
        }
        HostRow row = row(exchange.host("id"));
        if (row.self()) {
            pairing.unlink(exchange.actor());
        } else {
            pairing.unlink(row.id(), exchange.actor());
        }
        exchange.done();
    }

    private HostRow row(HostId id) throws RefusedException {
        return pairing.hosts().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.HOST_UNKNOWN, "No linked host has the id " + id));
    }
}

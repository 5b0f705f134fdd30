package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
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

/** {@code /api/v1/hosts}: the table of linked hosts, and what can be done with one of them. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/hosts", "/hosts/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class HostsServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private record Wanted(@Nullable List<@Nullable String> addresses) {}

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
                Route.of("PATCH", "/hosts/{id}", Role.OPERATOR, this::change),
                Route.of("DELETE", "/hosts/{id}", Role.OPERATOR, this::remove).withDryRun(),
                Route.of("POST", "/hosts/{id}/check", Role.OPERATOR, this::check));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.answer(Words.hosts(pairing, readiness.ready()));
    }

    private void show(Exchange exchange) throws IOException {
        exchange.answer(row(exchange.host("id")));
    }

    /** Addresses are the host's own: pairing refuses every change with the rule. */
    private void change(Exchange exchange) throws IOException {
        HostId host = exchange.host("id");
        List<String> addresses = exchange.body(Wanted.class).addresses();
        if (addresses == null || addresses.stream().anyMatch(Objects::isNull)) {
            throw Exchange.invalid("A change of a host has addresses, a list of texts");
        }
        pairing.changeAddresses(host, addresses, exchange.actor());
        exchange.done();
    }

    /** Unlinks a host, on a leader a follower, on a follower itself; or forgets it. */
    private void remove(Exchange exchange) throws IOException {
        boolean forget = exchange.flag("forget");
        HostRow row = row(exchange.host("id"));
        if (exchange.dryRun()) {
            Plan.Act act = forget ? Plan.Act.FORGET : Plan.Act.UNLINK;
            boolean itself = row.self() && !forget;
            exchange.answer(pairing.plan(act, itself ? Optional.empty() : Optional.of(row.id())));
            return;
        }
        if (forget) {
            pairing.forget(row.id(), exchange.actor());
        } else if (row.self()) {
            pairing.unlink(exchange.actor());
        } else {
            pairing.unlink(row.id(), exchange.actor());
        }
        exchange.done();
    }

    private void check(Exchange exchange) throws IOException {
        exchange.answer(pairing.check(exchange.host("id")));
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

package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.TokenView;
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
 * {@code /api/v1/leader}: starts and stops token generation, shows the token that is good now, and
 * decides who leads after the leader was lost.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/leader", "/leader/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class LeaderServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Pairing pairing;

    @Activate
    public LeaderServlet(@Reference Pairing pairing) {
        this.pairing = pairing;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/leader", Role.VIEWER, this::show),
                Route.of("POST", "/leader", Role.OPERATOR, this::start),
                Route.of("DELETE", "/leader", Role.OPERATOR, this::stop).withDryRun(),
                Route.of("POST", "/leader/takeover", Role.OPERATOR, this::takeOver).withDryRun(),
                Route.of("POST", "/leader/yield", Role.OPERATOR, this::yield).withDryRun(),
                Route.of("GET", "/leader/token", Role.OPERATOR, this::token),
                Route.of("GET", "/leader/token.txt", Role.OPERATOR, this::text),
                Route.of("GET", "/leader/token.svg", Role.OPERATOR, this::picture));
    }

    private void show(Exchange exchange) throws IOException {
        exchange.answer(Words.leader(pairing.leader(), exchange.caller().role()));
    }

    private void start(Exchange exchange) throws IOException {
        exchange.answer(pairing.startLeading(exchange.actor()));
    }

    private void stop(Exchange exchange) throws IOException {
        exchange.answer(
                exchange.dryRun()
                        ? plan(Plan.Act.STOP_LEADING)
                        : pairing.stopLeading(exchange.actor()));
    }

    private void takeOver(Exchange exchange) throws IOException {
        exchange.answer(
                exchange.dryRun() ? plan(Plan.Act.TAKE_OVER) : pairing.takeOver(exchange.actor()));
    }

    private void yield(Exchange exchange) throws IOException {
        exchange.answer(exchange.dryRun() ? plan(Plan.Act.YIELD) : pairing.yield(exchange.actor()));
    }

    private Plan plan(Plan.Act act) throws IOException {
        return pairing.plan(act, Optional.empty());
    }

    private void token(Exchange exchange) throws IOException {
        exchange.answer(token());
    }

    private void text(Exchange exchange) throws IOException {
        byte[] line = (token().text() + "\n").getBytes(StandardCharsets.US_ASCII);
        exchange.response().setContentType("text/plain; charset=utf-8");
        exchange.response().getOutputStream().write(line);
    }

    private void picture(Exchange exchange) throws IOException {
        byte[] svg = QrPicture.svg(token().text()).getBytes(StandardCharsets.US_ASCII);
        exchange.response().setContentType("image/svg+xml");
        exchange.response().getOutputStream().write(svg);
    }

    private TokenView token() throws RefusedException {
        LeaderView leader = pairing.leader();
        return leader.token()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Refusal.NOT_LEADING, "No token is shown on this host"));
    }
}

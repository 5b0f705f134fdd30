package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Pairing;
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
 * {@code /api/v1/leader}: starts and stops token generation, and shows the token that is good now.
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
                Route.of("DELETE", "/leader", Role.OPERATOR, this::stop),
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
        exchange.answer(pairing.stopLeading(exchange.actor()));
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

package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import org.bowline.api.content.Catalog;
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

/** {@code /api/v1/sync}: how every host stands with every content bundle. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/sync", "/sync/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class SyncServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Catalog catalog;

    @Activate
    public SyncServlet(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/sync", Role.VIEWER, this::matrix),
                Route.of("POST", "/sync/retry", Role.OPERATOR, this::retry));
    }

    private void matrix(Exchange exchange) throws IOException {
        exchange.answer(Words.sync(catalog));
    }

    private void retry(Exchange exchange) {
        catalog.retryNow();
        exchange.done();
    }
}

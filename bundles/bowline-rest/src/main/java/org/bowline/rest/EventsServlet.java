package org.bowline.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/events}: server-sent events, a snapshot first, or with {@code Last-Event-ID} what
 * changed since; then what changes.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/events")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class EventsServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient EventHub hub;

    @Activate
    public EventsServlet(@Reference EventHub hub) {
        this.hub = hub;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("GET", "/events", Role.VIEWER, this::listen));
    }

    private void listen(Exchange exchange) throws IOException {
        exchange.response().setContentType("text/event-stream");
        exchange.response().setCharacterEncoding("UTF-8");
        if (exchange.request().getMethod().equals("HEAD")) {
            return;
        }
        AsyncContext async = exchange.request().startAsync();
        async.setTimeout(0);
        EventStream stream = new EventStream(async, exchange.caller());
        stream.begin();
        if (!hub.join(stream, exchange.header("Last-Event-ID"))) {
            stream.close();
        }
    }
}

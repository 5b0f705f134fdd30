package org.bowline.rest.auth;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
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

/** {@code /api/v1/setup}: which host this is, and in the first run its first admin. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/setup")
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class SetupServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private static final String ACT = "setup.admin";

    private record HostName(HostId id, String name) {}

    private record SetupView(boolean needed, HostName host) {}

    private record FirstAdmin(
            @Nullable String code, @Nullable String name, @Nullable String password) {
        @Override
        public String toString() {
            return "first admin " + name;
        }
    }

    private final transient Access access;
    private final transient Identity identity;
    private final transient Records records;

    @Activate
    public SetupServlet(
            @Reference Access access, @Reference Identity identity, @Reference Records records) {
        this.access = access;
        this.identity = identity;
        this.records = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/setup", Role.ANYONE, this::show),
                Route.of(
                        "POST",
                        "/setup",
                        Role.ANYONE,
                        SessionServlet.crowded(access, this::recorded)));
    }

    private void show(Exchange exchange) throws IOException {
        HostName host = new HostName(identity.id(), access.host.facts().name());
        exchange.answer(new SetupView(!access.users.any(), host));
    }

    private void recorded(Exchange exchange) throws IOException {
        FirstAdmin first = exchange.body(FirstAdmin.class);
        String name = first.name() == null ? "" : first.name().strip();
        String source = exchange.request().getRemoteAddr();
        try {
            setUp(exchange, first);
        } catch (RefusedException e) {
            records.refusedStranger(ACT, access.users.told(name), e, source);
            throw e;
        }
        records.record(Act.done(new Actor(name, "rest"), ACT, name, "First admin, from " + source));
        exchange.done();
    }

    private void setUp(Exchange exchange, FirstAdmin first) throws IOException {
        if (access.users.any()) {
            throw new RefusedException(Refusal.SETUP_DONE, "This host has a user");
        }
        if (first.code() == null || first.name() == null || first.password() == null) {
            throw Exchange.invalid("The first admin has code, name and password");
        }
        String source = exchange.request().getRemoteAddr();
        Duration wait = access.bySource.wait(source);
        if (wait.compareTo(Duration.ZERO) > 0) {
            throw SessionServlet.throttled(exchange.response(), wait);
        }
        if (!access.setup.is(first.code())) {
            access.bySource.failed(source);
            throw new RefusedException(
                    Refusal.SETUP_CODE_WRONG, "It is another than the one in data/ui/setup-code");
        }
        access.users.addFirst(first.name().strip(), first.password().toCharArray());
        access.setup.use();
    }
}

package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Audit;
import org.bowline.api.audit.AuditVerdict;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
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
 * {@code /api/v1/audit}: what was done and refused, on this host or on all, a page or everything;
 * {@code /api/v1/audit/verify}: whether a host's log is whole.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/audit", "/audit/*"})
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class AuditServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    private final transient Audit audit;
    private final transient Identity identity;

    @Activate
    public AuditServlet(@Reference Audit audit, @Reference Identity identity) {
        this.audit = audit;
        this.identity = identity;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/audit", Role.OPERATOR, this::show),
                Route.of("GET", "/audit/verify", Role.OPERATOR, this::verify));
    }

    private void show(Exchange exchange) throws IOException {
        AuditQuery query = AuditQuery.of(exchange, identity.id());
        String format = exchange.query("format").orElse("json");
        switch (format) {
            case "json" -> exchange.answer(query.page(audit));
            case "jsonl" -> new AuditExport(audit, query).answer(exchange);
            default -> throw Exchange.invalid("format is another than json or jsonl");
        }
    }

    private void verify(Exchange exchange) throws IOException {
        Optional<String> asked = exchange.query("host").filter(host -> !host.equals("self"));
        HostId host = asked.isPresent() ? host(asked.get()) : identity.id();
        exchange.answer(verdict(host));
    }

    private AuditVerdict verdict(HostId host) throws IOException {
        try {
            return audit.verify(host);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            if (host.equals(identity.id())) {
                throw e;
            }
            throw new RefusedException(
                    Refusal.PEER_UNREACHABLE, "The log of " + host + " could not be read", e);
        }
    }

    private static HostId host(String id) throws RefusedException {
        try {
            return new HostId(id);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.HOST_UNKNOWN, "What host= names is not the id of a host", e);
        }
    }
}

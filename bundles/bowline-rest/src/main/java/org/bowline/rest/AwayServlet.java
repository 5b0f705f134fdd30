package org.bowline.rest;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Set;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Route;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/*}, where no other servlet is: tells a room that is being updated from a path that
 * never was.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class AwayServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    /** The first part of the path of every route there is. */
    static final Set<String> KNOWN =
            Set.of(
                    "audit",
                    "content",
                    "diagnostics",
                    "events",
                    "group",
                    "health",
                    "hosts",
                    "leader",
                    "link",
                    "openapi.yaml",
                    "operations",
                    "session",
                    "setup",
                    "sync",
                    "tokens",
                    "uploads");

    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    protected RefusedException unknown(String path) {
        String first = path.substring(1).split("/", 2)[0];
        return KNOWN.contains(first)
                ? new RefusedException(Refusal.BEING_UPDATED, "The room of /" + first + " is away")
                : super.unknown(path);
    }
}

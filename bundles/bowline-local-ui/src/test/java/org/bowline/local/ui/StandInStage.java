package org.bowline.local.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /stage/<scene>} changes what the stand-in shows, while pages are open; {@code GET
 * /stage/end} ends the event streams; {@code GET /stage/events?from=<n>} answers the events after
 * the nth.
 */
final class StandInStage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Scene scene;

    StandInStage(Scene scene) {
        this.scene = scene;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getPathInfo().equals("/events")) {
            response.setContentType("application/json");
            int from = Integer.parseInt(request.getParameter("from"));
            response.getWriter().write(scene.since(from));
            return;
        }
        if (request.getPathInfo().equals("/end")) {
            scene.end();
        } else {
            scene.set(request.getPathInfo().substring(1));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}

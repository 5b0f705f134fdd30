package org.bowline.local.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /api/v1/events}: a snapshot, then what changes. */
final class StandInEvents extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Scene scene;

    StandInEvents(Scene scene) {
        this.scene = scene;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        scene.stream(
                event -> {
                    response.getWriter().write(event);
                    response.flushBuffer();
                });
    }
}

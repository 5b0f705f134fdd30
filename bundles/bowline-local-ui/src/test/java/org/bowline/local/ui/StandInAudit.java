package org.bowline.local.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /api/v1/audit}: one page of lines, one page of older ones, and verdicts by host. */
record StandInAudit(Scene scene) {
    void answer(
            String path, HttpServletRequest request, StandInApi api, HttpServletResponse response)
            throws IOException {
        JsonNode page = scene.get(request.getParameter("before") == null ? "audit" : "audit-older");
        if (page.has("problem")) {
            api.problem(response, page.path("problem").asText());
            return;
        }
        if (path.equals("/audit/verify")) {
            JsonNode verdict = scene.get("verdicts").path(request.getParameter("host"));
            if (verdict.isObject()) {
                api.answer(response, 200, verdict);
            } else {
                api.problem(response, "peer-unreachable");
            }
            return;
        }
        api.answer(response, 200, filtered(page.deepCopy(), request));
    }

    private ObjectNode filtered(ObjectNode page, HttpServletRequest request) {
        ArrayNode lines = page.withArrayProperty("items");
        String host = request.getParameter("host");
        if (!"all".equals(host)) {
            lines.removeIf(line -> !line.path("host").asText().equals(host));
        }
        lines.removeIf(line -> differs(line.path("act").path("act"), request, "act"));
        lines.removeIf(line -> differs(line.at("/act/actor/name"), request, "actor"));
        lines.removeIf(line -> differs(line.path("act").path("outcome"), request, "outcome"));
        return page;
    }

    private static boolean differs(JsonNode value, HttpServletRequest request, String filter) {
        String wanted = request.getParameter(filter);
        String said = value.asText();
        return wanted != null && !said.equals(wanted) && !said.startsWith(wanted + ".");
    }
}

package org.bowline.local.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /api/v1/*} with answers of the scene; acts move the scene on. */
final class StandInApi extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String GOOD_PASSWORD = "correct horse battery";

    private final transient Scene scene;
    private final transient ObjectMapper json = new ObjectMapper();
    private final transient Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private record Upload(String name, long length, long offset) {}

    StandInApi(Scene scene) {
        this.scene = scene;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        String call = request.getMethod() + " " + path;
        if (path.startsWith("/uploads")) {
            upload(call, request, response);
            return;
        }
        if (path.startsWith("/audit")) {
            new StandInAudit(scene).answer(path, request, this, response);
            return;
        }
        if ("true".equals(request.getParameter("dryRun"))) {
            plan(call, request, response);
            return;
        }
        switch (call) {
            case "POST /setup" -> setup(body(request), response);
            case "POST /session" -> signIn(body(request), response);
            case "DELETE /session" -> act(response, "signed-out");
            case "GET /session" -> session(response);
            case "POST /leader" -> act(response, "leader-alone");
            case "DELETE /leader", "DELETE /link" -> act(response, "standalone");
            case "POST /link/preview" -> preview(body(request), response);
            case "POST /link" -> {
                scene.set("linking");
                answer(response, 202, scene.get("link").path("last"));
            }
            case "POST /sync/retry" -> response.setStatus(204);
            case "POST /leader/takeover" -> act(response, "took-over");
            case "POST /leader/yield" -> act(response, "yielded");
            default -> other(call, path, request, response);
        }
    }

    /** What an act would do; nothing is changed by asking. */
    private void plan(String call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String act =
                switch (call) {
                    case "POST /leader/takeover" -> "take-over";
                    case "POST /leader/yield" -> "yield";
                    case "DELETE /leader" -> "stop-leading";
                    case "DELETE /link" -> "unlink-this";
                    default -> planned(call, request.getParameter("forget"));
                };
        answer(response, 200, scene.get("plans").path(act));
    }

    private static String planned(String call, String forget) {
        if (call.startsWith("DELETE /group/aside/")) {
            return "drop-aside";
        }
        return forget == null ? "unlink" : "forget";
    }

    private void other(
            String call, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (call.startsWith("DELETE /content/")) {
            String digest = path.substring("/content/".length());
            drop("content", digest);
            drop("sync", digest);
            response.setStatus(204);
        } else if (call.startsWith("DELETE /hosts/")) {
            act(response, request.getParameter("forget") == null ? "leader-alone" : "forgotten");
        } else if (call.startsWith("POST /hosts/") && call.endsWith("/check")) {
            answer(response, 200, scene.get("check"));
        } else if (call.startsWith("DELETE /group/aside/")) {
            scene.put("aside", json.createObjectNode().set("items", json.createArrayNode()));
            response.setStatus(204);
        } else if (call.equals("GET /group/aside")) {
            if (scene.get("session").path("role").asText().equals("admin")) {
                answer(response, 200, scene.get("aside"));
            } else {
                problem(response, "forbidden");
            }
        } else if (call.startsWith("GET ") && !scene.get(path.substring(1)).isNull()) {
            answer(response, 200, scene.get(path.substring(1)));
        } else {
            problem(response, "not-found");
        }
    }

    private void act(HttpServletResponse response, String next) {
        scene.set(next);
        response.setStatus(204);
    }

    private void setup(JsonNode body, HttpServletResponse response) throws IOException {
        if (body.path("code").asText().equals("WRONG")) {
            problem(response, "setup-code-wrong");
        } else {
            act(response, "set-up");
        }
    }

    private void signIn(JsonNode body, HttpServletResponse response) throws IOException {
        if (body.path("password").asText().equals(GOOD_PASSWORD)) {
            scene.set("signed-in");
            answer(response, 200, scene.get("session"));
        } else {
            problem(response, "sign-in-failed");
        }
    }

    private void session(HttpServletResponse response) throws IOException {
        if (scene.get("session").isObject()) {
            answer(response, 200, scene.get("session"));
        } else {
            problem(response, "sign-in-required");
        }
    }

    private void preview(JsonNode body, HttpServletResponse response) throws IOException {
        String token = new String(Base64.getDecoder().decode(body.path("token").asText()));
        if (token.contains("\"expired\"")) {
            problem(response, "token-expired");
        } else {
            answer(response, 200, scene.get(token.contains("\"other\"") ? "refused" : "preview"));
        }
    }

    private void upload(String call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (call.equals("POST /uploads")) {
            String name = request.getHeader("Upload-Metadata").split(" ")[1];
            String id = "u" + uploads.size();
            long length = Long.parseLong(request.getHeader("Upload-Length"));
            uploads.put(id, new Upload(new String(Base64.getDecoder().decode(name)), length, 0));
            response.setHeader("Location", "/api/v1/uploads/" + id);
            response.setStatus(201);
            return;
        }
        String id = call.substring(call.lastIndexOf('/') + 1);
        Upload upload = uploads.get(id);
        if (upload == null) {
            problem(response, "not-found");
            return;
        }
        if (request.getMethod().equals("PATCH")) {
            long more = request.getInputStream().readAllBytes().length;
            upload = new Upload(upload.name(), upload.length(), upload.offset() + more);
            uploads.put(id, upload);
            if (upload.offset() == upload.length()) {
                list(upload);
            }
        }
        response.setHeader("Upload-Offset", String.valueOf(upload.offset()));
        response.setStatus(204);
    }

    private void list(Upload upload) {
        String digest = "sha256:" + "0".repeat(63) + uploads.size();
        ObjectNode items = scene.get("content").deepCopy();
        ((ArrayNode) items.path("items"))
                .addObject()
                .put("addedBy", "admin")
                .put("digest", digest)
                .put("name", upload.name())
                .put("revision", 1)
                .put("size", upload.length())
                .put("kind", "file")
                .put("addedAt", "2026-11-24T17:00:00Z");
        ObjectNode sync = scene.get("sync").deepCopy();
        for (JsonNode host : scene.get("hosts").path("items")) {
            ((ArrayNode) sync.path("items"))
                    .addObject()
                    .put("host", host.path("id").asText())
                    .put("digest", digest)
                    .put("state", "synced")
                    .put("percent", 100);
        }
        scene.put("content", items);
        scene.put("sync", sync);
    }

    private void drop(String subject, String digest) {
        ObjectNode items = scene.get(subject).deepCopy();
        items.withArray("items").removeIf(item -> item.path("digest").asText().equals(digest));
        scene.put(subject, items);
    }

    private JsonNode body(HttpServletRequest request) throws IOException {
        return json.readTree(request.getInputStream());
    }

    void problem(HttpServletResponse response, String code) throws IOException {
        JsonNode problem = scene.get("problems").path(code);
        response.setContentType("application/problem+json");
        answer(response, problem.path("status").asInt(500), problem);
    }

    void answer(HttpServletResponse response, int status, JsonNode body) throws IOException {
        response.setStatus(status);
        if (response.getContentType() == null) {
            response.setContentType("application/json");
        }
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(json.writeValueAsString(body));
    }
}

package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bowline.api.Actor;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class RoutesTest {
    private static final Actor ANN = new Actor("ann", "rest");

    @TempDir Path data;

    @Test
    void everyRouteKeepsOutWhoeverIsBelowItsRole() throws Exception {
        try (Stage stage = new Stage(data)) {
            for (Route route : routes(stage)) {
                for (Role role : Role.values()) {
                    int status = ask(stage, route, role);

                    assertThat(status == 401 || status == 403)
                            .as(
                                    "%s %s as %s answers %s",
                                    route.method(), route.path(), role, status)
                            .isEqualTo(!role.covers(route.role()));
                }
            }
        }
    }

    private static int ask(Stage stage, Route route, Role role) throws Exception {
        String path = route.path().replaceAll("\\{[a-z]+}", "none");
        var request = role == Role.ANYONE ? stage.to(path) : stage.as(role.word(), path);
        // An end to events: the status comes before the stream does.
        boolean stream = path.equals("/events") && role.covers(route.role());
        String method = stream ? "HEAD" : route.method();
        return stage.send(
                        request.timeout(Duration.ofSeconds(20))
                                .method(method, BodyPublishers.noBody()))
                .statusCode();
    }

    /** The stage holds what is sent against openapi.yaml. */
    @Test
    void everyQuestionIsAnsweredAsOpenapiTells() throws Exception {
        try (Stage stage = new Stage(data)) {
            stage.pairing.leading = true;
            stage.send("operator", "POST", "/link", "{\"token\":\"pasted\"}");
            stage.group.set(AsideTest.aside("first"));
            String digest = stage.content.list("bundle", new byte[3]).digest().value();
            String upload = stage.content.create("half", OptionalLong.of(9), ANN).id();
            Map<String, String> ids =
                    Map.of(
                            "hosts",
                            FakePairing.SELF.value(),
                            "operations",
                            "op1",
                            "content",
                            digest,
                            "uploads",
                            upload);

            for (Route route : routes(stage)) {
                if (route.method().equals("GET") && !route.path().equals("/events")) {
                    String id = ids.getOrDefault(route.path().split("/")[1], "");
                    String path = route.path().replaceAll("\\{[a-z]+}", id);
                    assertThat(stage.get("admin", path).statusCode()).as(path).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void everyServletIsOnTheStageOfTheseTests() throws Exception {
        try (Stage stage = new Stage(data);
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> written =
                    sources.map(path -> path.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("Servlet") && !name.equals("ApiServlet"))
                            .sorted()
                            .toList();

            assertThat(stage.servlets())
                    .extracting(servlet -> servlet.getClass().getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void everyServletIsFoundByThePathsOfItsRoutes() throws Exception {
        try (Stage stage = new Stage(data)) {
            for (ApiServlet servlet : stage.servlets()) {
                List<String> patterns = Patterns.of(servlet.getClass());
                for (Route route : servlet.routes()) {
                    boolean found =
                            patterns.stream().anyMatch(pattern -> covers(pattern, route.path()));
                    assertThat(found).as("%s in %s", route.path(), patterns).isTrue();
                    assertThat(AwayServlet.KNOWN).contains(route.path().split("/")[1]);
                }
            }
        }
    }

    private static boolean covers(String pattern, String path) {
        return pattern.endsWith("/*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }

    @Test
    void openapiTellsEveryRouteWithItsRole() throws Exception {
        TreeSet<String> written = new TreeSet<>();
        Map<String, Map<String, Object>> paths = document();
        paths.forEach(
                (path, verbs) ->
                        verbs.forEach(
                                (verb, operation) -> {
                                    if (operation instanceof Map<?, ?> told) {
                                        written.add(
                                                verb.toUpperCase()
                                                        + " "
                                                        + path
                                                        + " "
                                                        + told.get("x-bowline-role"));
                                    }
                                }));

        try (Stage stage = new Stage(data)) {
            assertThat(written)
                    .containsExactlyInAnyOrderElementsOf(
                            routes(stage).stream()
                                    .map(
                                            route ->
                                                    route.method()
                                                            + " "
                                                            + route.path()
                                                            + " "
                                                            + route.role().word())
                                    .toList());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> document() throws IOException {
        try (InputStream in = RoutesTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml().load(in);
            return (Map<String, Map<String, Object>>) document.get("paths");
        }
    }

    private static List<Route> routes(Stage stage) {
        return stage.servlets().stream().flatMap(servlet -> servlet.routes().stream()).toList();
    }
}

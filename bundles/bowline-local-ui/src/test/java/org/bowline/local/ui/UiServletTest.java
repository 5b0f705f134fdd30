package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UiServletTest {
    private static final Pattern ASSET = Pattern.compile("/assets/app-[A-Z0-9]+\\.(js|css)");

    private final HttpClient client = HttpClient.newHttpClient();
    private StandIn agent;

    @BeforeEach
    void start() throws Exception {
        agent = new StandIn(0);
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(agent.url() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/hosts", "/content", "/cluster"})
    void everyRouteOfThePageAnswersThePageWhichIsNeverKept(String path) throws Exception {
        HttpResponse<String> page = send("GET", path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<div id=\"app\">").doesNotContain("@script@");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void whatThePageNamesIsThereAndMayBeKeptForEver() throws Exception {
        Matcher assets = ASSET.matcher(send("GET", "/").body());
        int found = 0;
        while (assets.find()) {
            HttpResponse<String> asset = send("GET", assets.group());
            assertThat(asset.statusCode()).isEqualTo(200);
            assertThat(header(asset, "Cache-Control")).contains("immutable");
            assertThat(header(asset, "Content-Type")).startsWith("text/");
            found++;
        }
        assertThat(found).isEqualTo(2);
    }

    @Test
    void nothingButTheAgentItselfMayBeLoadedRunOrFramed() throws Exception {
        HttpResponse<String> page = send("GET", "/");

        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe")
                .contains("frame-ancestors 'none'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.body()).doesNotContain("http://", "https://", "style=", "<style");
    }

    @Test
    void aKnownTagAnswersWithoutTheBytes() throws Exception {
        String tag = header(send("GET", "/favicon.svg"), "ETag");

        HttpResponse<String> again = send("GET", "/favicon.svg", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.js",
                "/assets/",
                "/assets/..%2findex.html",
                "/api",
                "/v2/",
                "/org/bowline/local/ui/UiServlet.class",
                "/META-INF/MANIFEST.MF"
            })
    void whatIsNoFileAndNoRouteIsNotFound(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isBetween(400, 404);
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        HttpResponse<String> answer = send("POST", "/");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }
}

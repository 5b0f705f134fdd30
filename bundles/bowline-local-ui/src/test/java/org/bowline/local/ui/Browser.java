package org.bowline.local.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlFileInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.WebConnectionWrapper;

/** The built Local UI in a browser of pure Java, spoken of as a person sees it. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40); // a busy machine

    private final WebClient client = new WebClient(BrowserVersion.CHROME);
    private final String url;

    /** What the agent's page is from now on; empty for what the bundle holds. */
    private volatile Optional<String> otherPage = Optional.empty();

    private HtmlPage page;

    Browser(String url) {
        this.url = url;
        client.getOptions().setFetchPolyfillEnabled(true);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.setWebConnection(new Wire(client));
    }

    /** Loads the page at a path and waits until it shows something. */
    Browser open(String path) throws IOException {
        page = client.getPage(url + path);
        await(() -> assertThat(text()).isNotBlank());
        return this;
    }

    /** Lets the agent answer another page from now on, as after an update of the Local UI. */
    void updateTo(String html) {
        otherPage = Optional.of(html);
    }

    /** What is shown now. */
    String text() {
        return read(() -> page.getBody().asNormalizedText());
    }

    void see(String... texts) {
        await(() -> assertThat(text()).contains(texts));
    }

    void seeNo(String text) {
        await(() -> assertThat(text()).doesNotContain(text));
    }

    /** The button, link or menu entry of that name. */
    HtmlElement button(String name) {
        await(() -> assertThat(find(name)).as("button %s in %s", name, text()).isPresent());
        return find(name).orElseThrow();
    }

    private static void await(ThrowingRunnable seen) {
        Awaitility.await().pollInSameThread().atMost(PATIENCE).untilAsserted(seen);
    }

    /** Lets scripts that are due run, then keeps them off the page while it is read. */
    private <T> T read(Supplier<T> look) {
        client.waitForBackgroundJavaScriptStartingBefore(20);
        synchronized (page) {
            return look.get();
        }
    }

    void press(String name) throws IOException {
        await(() -> assertThat(disabled(name)).as("%s is disabled: %s", name, why(name)).isFalse());
        button(name).click();
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    boolean disabled(String name) {
        return button(name).getAttribute("aria-disabled").equals("true");
    }

    /** Why that button is disabled, as it says itself, be it on hover and focus only. */
    String why(String name) {
        HtmlElement button = button(name);
        String id = button.getAttribute("aria-describedby");
        DomElement described = id.isEmpty() ? button : page.getElementById(id);
        return described.getTextContent().replaceAll("\\s+", " ").strip();
    }

    /** Types into the field of that label, whatever stood in it. */
    void type(String label, String text) {
        await(() -> assertThat(field(label)).as("field %s in %s", label, text()).isPresent());
        String set =
                "(function(field){field.value=%s;"
                        + "field.dispatchEvent(new Event('input',{bubbles:true}));})"
                        + "(document.getElementById('%s'))";
        String id = field(label).orElseThrow();
        page.executeJavaScript(set.formatted(quoted(text), id));
    }

    /** Picks an entry of the list of that label. */
    void pick(String label, String entry) {
        await(() -> assertThat(field(label)).as("list %s in %s", label, text()).isPresent());
        HtmlSelect list = (HtmlSelect) page.getElementById(field(label).orElseThrow());
        await(() -> assertThat(read(() -> entries(list))).contains(entry));
        list.setSelectedAttribute(list.getOptionByText(entry), true);
    }

    private static List<String> entries(HtmlSelect list) {
        return list.getOptions().stream().map(HtmlOption::getText).toList();
    }

    /** The id of the field of that label. */
    private Optional<String> field(String label) {
        String named = "//label[normalize-space(.)='" + label + "']/@for";
        return read(() -> page.getByXPath(named)).stream()
                .map(DomAttr.class::cast)
                .map(DomAttr::getValue)
                .findFirst();
    }

    /** The first attribute of that name on what the CSS selector finds. */
    String attribute(String selector, String name) {
        return read(() -> page.querySelector(selector).getAttributes().getNamedItem(name))
                .getNodeValue();
    }

    void choose(Path file) {
        HtmlFileInput input = page.querySelector("input[type=file]");
        input.setFiles(file.toFile());
    }

    /** The rows of the table of that name, cells parted by a bar. */
    List<String> rows(String table) {
        return read(() -> rowsNow(table));
    }

    private List<String> rowsNow(String table) {
        return page.getElementsByTagName("table").stream()
                .filter(element -> label((HtmlElement) element).equals(table))
                .map(HtmlElement.class::cast)
                .flatMap(element -> element.getElementsByTagName("tr").stream())
                .map(row -> String.join(" | ", cells(row)))
                .toList();
    }

    private static List<String> cells(HtmlElement row) {
        return row.getChildNodes().stream()
                .map(DomNode::asNormalizedText)
                .map(cell -> cell.replaceAll("\\s+", " "))
                .toList();
    }

    private Optional<HtmlElement> find(String name) {
        return read(() -> findNow(name));
    }

    private Optional<HtmlElement> findNow(String name) {
        return page
                .getByXPath("//button | //a | //*[@role='menuitem' or @role='menuitemradio']")
                .stream()
                .map(HtmlElement.class::cast)
                .filter(element -> label(element).equals(name))
                .reduce((first, last) -> last); // what is on top was drawn last
    }

    private String label(HtmlElement element) {
        if (element.hasAttribute("aria-label")) {
            return element.getAttribute("aria-label");
        }
        if (element.hasAttribute("aria-labelledby")) {
            DomElement named = page.getElementById(element.getAttribute("aria-labelledby"));
            return named == null ? "" : named.getFirstChild().asNormalizedText();
        }
        return element.asNormalizedText().lines().findFirst().orElse("").strip();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() {
        client.close();
    }

    /** Gives each page what this browser lacks. */
    private final class Wire extends WebConnectionWrapper {
        Wire(WebClient client) {
            super(client);
        }

        @Override
        public WebResponse getResponse(WebRequest request) throws IOException {
            WebResponse response = super.getResponse(request);
            if (!response.getContentType().equals("text/html")) {
                return response;
            }
            String html = otherPage.orElse(response.getContentAsString());
            byte[] body =
                    html.replace("<head>", "<head><script>" + lacking() + "</script>")
                            .getBytes(StandardCharsets.UTF_8);
            return new WebResponse(
                    new WebResponseData(body, 200, "OK", response.getResponseHeaders()),
                    request,
                    response.getLoadTime());
        }

        private String lacking() throws IOException {
            try (InputStream in = Browser.class.getResourceAsStream("/htmlunit.js")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}

package org.bowline.itests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The installed Chromium, without a window. One thread at a time. */
final class Chromium implements AutoCloseable {
    private static final String EXECUTABLE =
            System.getProperty("browser.executable", "/usr/bin/chromium");
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Playwright playwright =
            Playwright.create(
                    new Playwright.CreateOptions()
                            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
            playwright
                    .chromium()
                    .launch(
                            new BrowserType.LaunchOptions()
                                    .setExecutablePath(Path.of(EXECUTABLE))
                                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    private final BrowserContext context =
            browser.newContext(
                    new Browser.NewContextOptions()
                            .setIgnoreHTTPSErrors(true)
                            .setReducedMotion(ReducedMotion.REDUCE)
                            .setViewportSize(WIDTH, HEIGHT));

    /** A tab; all tabs share their cookies, as those of a person do. */
    LocalUi open(String url) {
        return new LocalUi(context.newPage(), url);
    }

    @Override
    public void close() {
        playwright.close();
    }
}

package org.bowline.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One tab with the Local UI of one host, spoken of as a person sees it. */
final class LocalUi {
    private static final int PATIENCE = 30_000; // ms
    private static final int ANSWERED = 6_000; // ms: a page of the audit takes 5 s at most
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final Locator.FilterOptions SHOWN = new Locator.FilterOptions().setVisible(true);
    private static final String DISABLED = "aria-disabled";
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private final Page page;
    private final String url;
    private final List<String> errors = new ArrayList<>();

    LocalUi(Page page, String url) {
        this.page = page;
        this.url = url;
        page.setDefaultTimeout(PATIENCE);
        page.onPageError(errors::add);
        page.onConsoleMessage(
                message -> {
                    if (message.text().contains("Content Security Policy")) {
                        errors.add(message.text());
                    }
                });
    }

    LocalUi go(String path) {
        page.navigate(url + path);
        return this;
    }

    void see(String... texts) {
        for (String text : texts) {
            assertThat(page.getByText(text).filter(SHOWN).first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        }
    }

    /**
     * Presses Refresh until all of this is there: a page holds what the hosts answered in time, and
     * is not read again by itself.
     */
    void seeRefreshed(String... texts) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        for (String text : texts) {
            Locator found = page.getByText(text).filter(SHOWN).first();
            while (!appears(found) && System.nanoTime() - end < 0) {
                press("Refresh");
            }
        }
        see(texts);
    }

    private static boolean appears(Locator found) {
        try {
            found.waitFor(new Locator.WaitForOptions().setTimeout(ANSWERED));
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }

    /** Waits until that button may be pressed. */
    void awaitOpen(String name, Duration limit) {
        assertThat(button(name))
                .not()
                .hasAttribute(
                        DISABLED,
                        "true",
                        new LocatorAssertions.HasAttributeOptions().setTimeout(limit.toMillis()));
    }

    Locator button(String name) {
        return named(AriaRole.BUTTON, name);
    }

    /** As soon as it may be: a plan comes before its Confirm. */
    void press(String name) {
        awaitOpen(name, Duration.ofMillis(PATIENCE));
        button(name).click();
    }

    /** Whatever is shown after a restart of the host: a sign-in, or the page itself. */
    void signInAgain(String password) {
        Locator heading = page.getByRole(AriaRole.HEADING).first();
        heading.waitFor();
        if (page.getByLabel("Password").isVisible()) {
            type("Name", "admin");
            type("Password", password);
            press("Sign in");
        }
    }

    /** A page by its name in the Main Menu. */
    void menu(String name) {
        page.getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName("Main Menu").setExact(true))
                .getByText(name)
                .click();
    }

    /** An entry of the three-dot menu beside the address of that host. */
    void act(String host, String entry) {
        press("Actions for " + host);
        entry(entry).click();
    }

    /** An entry of the menu that is open; its reason, where it is disabled, is part of its name. */
    Locator entry(String name) {
        return page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + "\\b")))
                .last();
    }

    private Locator named(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true))
                .last(); // what is on top was drawn last
    }

    void type(String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
    }

    /** The token that is shown now. */
    String token() {
        return page.locator("code.token").innerText().strip();
    }

    void choose(Path file) {
        page.locator("input[type=file]").setInputFiles(file);
    }

    /** The row of that host in the table. */
    Locator row(String host) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(host));
    }

    /** Waits until the row of that host says all of this. */
    void seeRow(String host, String... texts) {
        for (String text : texts) {
            assertThat(row(host))
                    .containsText(
                            text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
        }
    }

    /** Waits until that host stands in no row any more. */
    void seeNoRow(String host) {
        assertThat(row(host))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    /** Takes a picture by day and by night, and lets axe look at both. */
    void look(String name) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            String file = name + "-" + scheme.name().toLowerCase(Locale.ROOT);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setAnimations(ScreenshotAnimations.DISABLED)
                            .setPath(SHOTS.resolve(file + ".png")));
            List<String> found =
                    new AxeBuilder(page)
                            .analyze().getViolations().stream()
                                    .filter(rule -> SERIOUS.contains(rule.getImpact()))
                                    .map(LocalUi::told)
                                    .toList();
            assertThat(found).as("what axe finds on %s", file).isEmpty();
        }
        assertThat(errors).as("errors of scripts and of the content policy").isEmpty();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
    }
}

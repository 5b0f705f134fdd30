package org.bowline.shell.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes from other hosts never steers the terminal, in a terminal with colours. */
class ScreenTest {
    private static final String EVIL = "b\u001B[31mx\u009b2J\u001B[0m";
    private static final String TAMED = "b?[31mx?2J?[0m";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final List<String> prompts = new ArrayList<>();
    private final Screen screen = new Screen(session(), stream(out), stream(error));

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    /** A terminal with colours in which somebody always answers with yes. */
    private Session session() {
        Set<String> set = Set.of(Screen.COLOURS, Screen.TERMINAL, Screen.ASKS);
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (self, method, args) ->
                                switch (method.getName()) {
                                    case "get" -> set.contains(args[0]) ? true : null;
                                    case "getTerminal" -> terminal();
                                    case "readLine" -> answer((String) args[0]);
                                    default -> null;
                                });
    }

    private static @Nullable Object terminal() {
        return Proxy.newProxyInstance(
                Terminal.class.getClassLoader(),
                new Class<?>[] {Terminal.class},
                (self, method, args) -> null);
    }

    private String answer(String prompt) {
        prompts.add(prompt);
        return "y";
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onlyOurOwnColoursAreInALine() {
        screen.line("%s is %s", EVIL, screen.state(EVIL, true, false));
        screen.line(EVIL);
        screen.warn(EVIL);

        assertThat(text(out))
                .isEqualTo(TAMED + " is \u001B[32m" + TAMED + "\u001B[0m\n" + TAMED + "\n");
        assertThat(text(error)).isEqualTo(TAMED + "\n");
    }

    @Test
    void onlyOurOwnColoursAreInARefusal() {
        screen.refused(new RefusedException(Refusal.NOT_FOUND, EVIL));

        assertThat(text(error))
                .startsWith("\u001B[31m" + Refusal.NOT_FOUND.title() + "\u001B[0m: " + TAMED);
    }

    @Test
    void aCellOfATableIsOneCellAndCarriesNoColourOfOthers() throws Exception {
        Listing<String> listing =
                new Listing<>(
                        List.of(
                                Column.of("name", row -> row + "\n\t"),
                                Column.<String>of("state", row -> row)
                                        .painted(row -> screen.state(row, true, false))));

        listing.print(screen, "table", null, false, List.of(EVIL), "");
        listing.print(screen, "table", null, true, List.of(EVIL), "");
        listing.print(screen, "csv", null, true, List.of(EVIL), "");

        String painted = "\u001B[32m" + TAMED + "\u001B[0m";
        assertThat(text(out).lines().skip(1))
                .containsExactly(
                        TAMED + "??  " + painted,
                        TAMED + "??\t" + TAMED,
                        "\"" + TAMED,
                        "\t\"," + TAMED);
    }

    @Test
    void jsonAndYamlSayItInEscapes() throws Exception {
        Listing.tree(screen, "json", Json.tree(Map.of("a", EVIL)));
        Listing.tree(screen, "yaml", Json.tree(Map.of(EVIL, EVIL)));

        String escaped = "\"b\\u001B[31mx\\u009b2J\\u001B[0m\"";
        assertThat(text(out))
                .isEqualTo("{\n  \"a\" : " + escaped + "\n}\n" + escaped + ": " + escaped + "\n");
    }

    @Test
    void aQuestionCarriesNoColourOfOthers() throws Exception {
        assertThat(screen.confirm(false, "Unlink " + EVIL + "?")).isTrue();

        assertThat(prompts).containsExactly("Unlink " + TAMED + "? [y/N] ");
        assertThatThrownBy(
                        () -> {
                            throw new UsageException(EVIL);
                        })
                .hasMessage(TAMED);
    }

    @Test
    void tabOffersOnlyWhatCanBeShown() {
        assertThat(Tame.words(List.of("beta", EVIL, "a\nb", "\u202Egnp").stream()))
                .containsExactly("beta");
    }
}

package org.bowline.shell.output;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes out of text from elsewhere what steers a terminal: on another host a host, a content bundle
 * or a group may be called anything.
 */
public final class Tame {
    /** ESC and all else of C0 and C1, ends of lines, and what turns the direction of writing. */
    private static final String STEERING = "\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069";

    private static final Pattern IN_LINE = Pattern.compile("[" + STEERING + "]");
    private static final Pattern IN_TEXT = Pattern.compile("[" + STEERING + "&&[^\n\t]]");

    private Tame() {}

    /** The same with a question mark for each of those, but for tabs and new lines. */
    public static String text(String text) {
        return IN_TEXT.matcher(text).replaceAll("?");
    }

    /** The same for what stands in a line with other things, which it must not end. */
    static String cell(String text) {
        return IN_LINE.matcher(text).replaceAll("?");
    }

    /** Words that Tab may offer: those that can be shown and typed as they are. */
    public static Stream<String> words(Stream<String> words) {
        return words.filter(word -> word.equals(cell(word)));
    }

    /** JSON or YAML, in whose quotes an escape says the same and steers nothing. */
    static String quoted(String written) {
        return IN_TEXT.matcher(written)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}

package org.bowline.shell.door;

import java.util.List;
import java.util.stream.Collectors;

/** Turns the words of a command line into the text of one shell command. */
final class CommandText {
    private static final String PLAIN = "[A-Za-z0-9_@+:,./-]+";

    private CommandText() {}

    /**
     * One word alone is a whole line and taken as it is, pipes and all; of several words each is
     * taken literally, as the caller's own shell has read them already.
     */
    static String of(List<String> words) {
        if (words.size() == 1) {
            return words.get(0);
        }
        return words.get(0)
                + words.stream()
                        .skip(1)
                        .map(CommandText::literal)
                        .collect(Collectors.joining(" ", " ", ""));
    }

    private static String literal(String word) {
        if (word.matches(PLAIN)) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}

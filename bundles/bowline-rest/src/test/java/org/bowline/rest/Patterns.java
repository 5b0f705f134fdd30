package org.bowline.rest;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The whiteboard patterns that a servlet's annotation asks for: they are kept in no class file. */
final class Patterns {
    private static final Pattern ANNOTATION =
            Pattern.compile("@HttpWhiteboardServletPattern\\(\\{?([^)]*?)}?\\)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");

    private Patterns() {}

    static List<String> of(Class<?> servlet) throws IOException {
        String file = "src/main/java/" + servlet.getName().replace('.', '/') + ".java";
        String source = java.nio.file.Files.readString(java.nio.file.Path.of(file));
        return ANNOTATION
                .matcher(source)
                .results()
                .map(found -> found.group(1))
                .flatMap(list -> TEXT.matcher(list).results())
                .map((MatchResult text) -> text.group(1))
                .toList();
    }
}

package org.bowline.identity.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which operating system the machine runs.
 *
 * @param id {@code ID}; {@code linux} if the file does not say, as os-release(5) has it
 * @param versionId {@code VERSION_ID}; empty if there is none
 */
record OsRelease(String id, String versionId) {
    static OsRelease read(Path file) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1)));
            }
        }
        return new OsRelease(
                values.getOrDefault("ID", "linux"), values.getOrDefault("VERSION_ID", ""));
    }

    private static String unquoted(String raw) {
        String text = raw.strip();
        if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
            text = text.substring(1, text.length() - 1);
        }
        return text.replaceAll("\\\\(.)", "$1");
    }
}

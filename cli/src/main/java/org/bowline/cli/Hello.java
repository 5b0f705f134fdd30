package org.bowline.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said first to the agent, as JSON. */
final class Hello {
    private static final String[] VARIABLES = {"LANG", "LC_ALL", "NO_COLOR"};

    private Hello() {}

    static byte[] of(Terminal terminal, int columns, int rows, List<String> command) {
        StringBuilder json = new StringBuilder("{\"term\":");
        text(json, System.getenv("TERM"));
        json.append(",\"columns\":").append(columns).append(",\"rows\":").append(rows);
        json.append(",\"input\":").append(terminal.input());
        json.append(",\"output\":").append(terminal.output());
        json.append(",\"cwd\":");
        text(json, System.getProperty("user.dir"));
        json.append(",\"env\":{");
        String comma = "";
        for (String name : VARIABLES) {
            String value = System.getenv(name);
            if (value != null) {
                text(json.append(comma), name);
                text(json.append(':'), value);
                comma = ",";
            }
        }
        json.append("},\"command\":[");
        comma = "";
        for (String word : command) {
            text(json.append(comma), word);
            comma = ",";
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void text(StringBuilder json, @Nullable String value) {
        if (value == null) {
            json.append("null");
            return;
        }
        json.append('"');
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 16 ? '0' : '1').append(Integer.toHexString(c & 15));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}

package org.bowline.shell.door;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client says first.
 *
 * @param term type of its terminal, such as {@code xterm-256color}
 * @param columns of its terminal
 * @param rows of its terminal
 * @param input whether its standard input is a terminal
 * @param output whether its standard output is a terminal
 * @param cwd its working directory: relative file names are meant from there
 * @param env the few variables that matter to output
 * @param command one command with its arguments, or one element that is a whole line; empty to open
 *     a session
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Hello(
        String term,
        int columns,
        int rows,
        boolean input,
        boolean output,
        String cwd,
        Map<String, String> env,
        List<String> command) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    Hello(
            @Nullable String term,
            int columns,
            int rows,
            boolean input,
            boolean output,
            @Nullable String cwd,
            @Nullable Map<String, String> env,
            @Nullable List<String> command) {
        this.term = term == null || !term.matches("[A-Za-z0-9+._-]{1,64}") ? "dumb" : term;
        this.columns = within(columns, 80);
        this.rows = within(rows, 24);
        this.input = input;
        this.output = output;
        this.cwd = Objects.requireNonNullElse(cwd, "/");
        this.env = env == null ? Map.of() : Map.copyOf(env);
        this.command = command == null ? List.of() : List.copyOf(command);
    }

    static Hello of(Frame frame) throws IOException {
        if (frame.type() != Frame.HELLO) {
            throw new IOException("a client began with " + frame.type() + " instead of a hello");
        }
        return JSON.readValue(frame.bytes(), Hello.class);
    }

    /** Whether a session is wanted, not one command. */
    boolean interactive() {
        return command.isEmpty();
    }

    /** Where relative file names are meant from. */
    Path directory() {
        return Path.of(cwd).toAbsolutePath().normalize();
    }

    /** Whether colours are welcome. */
    boolean colours() {
        return output && !"dumb".equals(term) && env.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static int within(int size, int otherwise) {
        return size < 1 || size > 10_000 ? otherwise : size;
    }
}

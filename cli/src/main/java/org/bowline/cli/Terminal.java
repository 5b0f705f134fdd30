package org.bowline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The terminal this process was started in, driven through {@code stty}. */
final class Terminal {
    private final boolean input;
    private final boolean output;
    private @Nullable String saved; // guarded by this

    private Terminal(boolean input, boolean output) {
        this.input = input;
        this.output = output;
    }

    /** As the start script found it; without the script, what Java knows. */
    static Terminal ofProcess() {
        String tty = System.getProperty("bowline.tty");
        if (tty == null) {
            boolean both = System.console() != null;
            return new Terminal(both, both);
        }
        return new Terminal(tty.indexOf('i') >= 0, tty.indexOf('o') >= 0);
    }

    /** Whether standard input is a terminal. */
    boolean input() {
        return input;
    }

    /** Whether standard output is a terminal. */
    boolean output() {
        return output;
    }

    /** Whether both are. */
    boolean both() {
        return input && output;
    }

    /** Hands every key over as it is typed, Ctrl-C too, until {@link #restore}. */
    synchronized void raw() throws IOException {
        saved = stty("-g");
        stty("raw", "-echo");
    }

    /** As it was before; also called when it never was changed. */
    synchronized void restore() {
        if (saved != null) {
            try {
                stty(saved);
                saved = null;
            } catch (IOException e) {
                System.err.println("bowline: type 'stty sane': " + e.getMessage());
            }
        }
    }

    /**
     * Its size now.
     *
     * @return columns and rows
     */
    int[] size() throws IOException {
        String text = stty("size");
        int space = text.indexOf(' ');
        if (space < 0) {
            return new int[] {80, 24};
        }
        return new int[] {
            Integer.parseInt(text.substring(space + 1)), Integer.parseInt(text.substring(0, space))
        };
    }

    private static String stty(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.INHERIT)
                        .redirectErrorStream(true)
                        .start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("stty: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }
}

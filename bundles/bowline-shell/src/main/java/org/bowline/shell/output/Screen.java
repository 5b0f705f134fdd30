package org.bowline.shell.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;
import org.bowline.api.pairing.Reason;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/** Where a command prints, and whom it asks. For one run of one command. */
public final class Screen {
    /** Session variable: whether colours are welcome. */
    public static final String COLOURS = "bowline.colours";

    /** Session variable: whether standard output is a terminal. */
    public static final String TERMINAL = "bowline.terminal";

    /** Session variable: whether standard input is a terminal, so that somebody can answer. */
    public static final String ASKS = "bowline.asks";

    private static final String RED = "\u001B[31m";
    private static final String GREEN = "\u001B[32m";
    private static final String YELLOW = "\u001B[33m";
    private static final String BOLD = "\u001B[1m";
    private static final String PLAIN = "\u001B[0m";

    private final Session session;
    private final PrintStream out;
    private final PrintStream error;

    /** Prints to what the running command's standard streams are now. */
    public Screen(Session session) {
        this(session, System.out, System.err);
    }

    Screen(Session session, PrintStream out, PrintStream error) {
        this.session = session;
        this.out = out;
        this.error = error;
    }

    /** Standard output; never closed by a command. */
    public PrintStream out() {
        return out;
    }

    /** Standard error; never closed by a command. */
    PrintStream error() {
        return error;
    }

    /** Whether somebody is there to answer. */
    public boolean answers() {
        return is(ASKS) && stream(0);
    }

    /** Whether standard output is a terminal, not a pipe or a file. */
    public boolean terminal() {
        return is(TERMINAL) && stream(1);
    }

    /** Whether this stream is the session's own: within a pipe of the shell it is not. */
    private static boolean stream(int number) {
        Process process = Process.Utils.current();
        return process == null || process.isTty(number);
    }

    /** Who asks, for the log. */
    public Actor actor() {
        return new Actor(session.get("USER") instanceof String user ? user : "local", "shell");
    }

    /**
     * Prints one line.
     *
     * @param text a format of our own; without values just what is to be printed
     * @param values of which only what is {@link Painted} has colours
     */
    public void line(String text, Object... values) {
        Object[] tame = Arrays.stream(values).map(Screen::tame).toArray();
        out.println(values.length == 0 ? Tame.text(text) : text.formatted(tame));
    }

    /** Prints one line as it is painted. */
    public void line(Painted text) {
        out.println(text);
    }

    /** Numbers and the like steer nothing, and formats ask for them as they are. */
    private static Object tame(Object value) {
        boolean safe = value instanceof Painted || value instanceof Number;
        return safe ? value : Tame.text(value.toString());
    }

    /** Prints a tree that was written as JSON or YAML, as it is. */
    void tree(String written) {
        out.print(Tame.quoted(written));
    }

    /** Says on standard error what is missing from the output. */
    public void warn(String text) {
        error.println(Tame.text(text));
    }

    /** Says why something is refused, once, on standard error. */
    public void refused(RefusedException refused) {
        refused(new Reason(refused.refusal(), refused.detail()));
    }

    /** Says why something is refused, once, on standard error. */
    public void refused(Reason reason) {
        Painted title =
                is(COLOURS)
                        ? Painted.of(RED, reason.title(), PLAIN)
                        : Painted.plain(reason.title());
        error.println(title + Tame.text(": " + reason.detail() + "\n" + reason.fix()));
    }

    /** Why, and what to do about it, in one line. */
    public static String sentence(Reason reason) {
        String stop = reason.detail().endsWith(".") ? " " : ". ";
        return reason.title() + ": " + reason.detail() + stop + reason.fix();
    }

    /** A state in its colour: green is good, yellow is on its way, red needs somebody. */
    public Painted state(String text, boolean good, boolean moving) {
        return paint(good ? GREEN : moving ? YELLOW : RED, text);
    }

    /** Text that stands out. */
    public Painted strong(String text) {
        return paint(BOLD, text);
    }

    private Painted paint(String colour, String text) {
        return is(COLOURS) && terminal() && !text.isEmpty()
                ? Painted.of(colour, text, PLAIN)
                : Painted.plain(text);
    }

    /**
     * Asks before a change.
     *
     * @return whether to go on
     * @throws UsageException if nobody is there to answer: then {@code -y} says it beforehand
     */
    public boolean confirm(boolean yes, String question) throws IOException, UsageException {
        if (yes) {
            return true;
        }
        if (!answers()) {
            throw new UsageException(question + " Nobody can answer here: say it with -y.");
        }
        String answer = ask(question + " [y/N] ").toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** Reads a line that somebody types or pipes in; asks for it only in a terminal. */
    public String ask(String question) throws IOException {
        String prompt = Tame.text(question);
        if (session.getTerminal() != null && stream(0)) {
            return edited(prompt);
        }
        if (answers()) {
            error.print(prompt);
            error.flush();
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line.strip();
    }

    private String edited(String prompt) throws IOException {
        try {
            String line = session.readLine(prompt, null);
            return line == null ? "" : line.strip();
        } catch (UserInterruptException | EndOfFileException e) {
            return ""; // Ctrl-C or Ctrl-D: no answer
        }
    }

    private boolean is(String variable) {
        return Boolean.TRUE.equals(session.get(variable));
    }
}

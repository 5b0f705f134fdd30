package org.bowline.shell.door;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import org.apache.karaf.shell.support.CommandException;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.shell.output.Tame;

/**
 * How one command ended.
 *
 * @param code the exit code
 * @param message what to say of it on standard error, a line or a few; empty if all was said
 */
record Outcome(int code, String message) {
    static final int USAGE = 2;
    static final int NOT_FOUND = 127; // as POSIX shells say it
    static final int INTERRUPTED = 130;

    /** Of a command that returned; an integer is its exit code. */
    static Outcome of(Object result) {
        return new Outcome(result instanceof Integer code ? code & 0xff : 0, "");
    }

    /** Of a command that failed. */
    static Outcome of(Throwable thrown) {
        if (thrown instanceof RefusedException refused) {
            return new Outcome(
                    refused.refusal().exitCode(),
                    Tame.text(
                            refused.refusal().title()
                                    + ": "
                                    + refused.detail()
                                    + "\n"
                                    + refused.refusal().fix()));
        }
        if (thrown instanceof CommandException usage) {
            return new Outcome(USAGE, usage.getNiceHelp().strip());
        }
        if (thrown instanceof InterruptedException
                || thrown instanceof CancellationException
                || thrown instanceof UncheckedIOException) {
            return new Outcome(INTERRUPTED, "");
        }
        Throwable cause = thrown.getCause();
        if (cause != null
                && (thrown instanceof InvocationTargetException
                        || thrown instanceof EOFException)) {
            return of(cause); // as gogo wraps what its built-in commands and its parser throw
        }
        // gogo does not export its exceptions.
        return switch (thrown.getClass().getSimpleName()) {
            case "CommandNotFoundException" ->
                    new Outcome(
                            NOT_FOUND,
                            thrown.getMessage() + "\nList the commands with: bin/bowline help");
            case "SyntaxError", "EOFError" ->
                    new Outcome(USAGE, "The command cannot be read: " + thrown.getMessage());
            default ->
                    new Outcome(
                            1,
                            Tame.text(
                                    Refusal.INTERNAL.title()
                                            + ": "
                                            + thrown
                                            + "\n"
                                            + Refusal.INTERNAL.fix()));
        };
    }
}

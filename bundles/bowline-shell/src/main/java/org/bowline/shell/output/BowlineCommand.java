package org.bowline.shell.output;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What every command of Bowline does the same: a refusal is printed once, with its fix, and its
 * exit code is the command's.
 *
 * <p>References to rooms are optional: Karaf takes all commands of a bundle away while one of their
 * services is missing, and a room that is being updated must not take its neighbours' commands with
 * it. {@link #room} says so instead.
 */
public abstract class BowlineCommand implements Action {
    /** Where nothing went wrong. */
    protected static final int OK = 0;

    /** Exit code of what was not confirmed. */
    protected static final int CANCELLED = 1;

    /** The longest wait that an option takes, in seconds. */
    protected static final int LONGEST_WAIT = 86_400;

    /** Exit code when a wait was over before what it waited for came. */
    protected static final int TIMEOUT = 8;

    /** Exit code of what was done in part: a host was not there, or something is wrong with it. */
    protected static final int PARTLY = 9;

    @Reference @Nullable Session session;

    @Override
    public final Object execute() throws Exception {
        Screen screen = new Screen(room(session));
        try {
            return run(screen);
        } catch (RefusedException e) {
            screen.refused(e);
            return e.refusal().exitCode();
        }
    }

    /**
     * Does it.
     *
     * @return the exit code
     */
    protected abstract int run(Screen screen) throws Exception;

    /**
     * The one argument of a command that takes at most one; options behind it are taken too.
     *
     * @param words all that Karaf took for arguments
     * @param what it is, for people
     */
    protected final @Nullable String argument(List<String> words, String what)
            throws UsageException {
        List<String> arguments = new LateOptions(this).take(words);
        if (arguments.size() > 1) {
            throw new UsageException("One " + what + " at a time, not " + arguments.size() + ".");
        }
        return arguments.isEmpty() ? null : arguments.get(0);
    }

    /** The same where it must not be left out. */
    protected final String required(List<String> words, String what) throws UsageException {
        String argument = argument(words, what);
        if (argument == null) {
            throw new UsageException("Which " + what + "? Try --help.");
        }
        return argument;
    }

    /**
     * What an option holds that takes a number. It is declared as text: of an option in its usual
     * place Karaf reads no numbers.
     */
    protected static int number(String option, String text, int least, int most)
            throws UsageException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(option + " needs a number, not " + text + ".");
        }
        throw new UsageException("%s takes %d to %d, not %s.".formatted(option, least, most, text));
    }

    /** The room behind a command; refused while it is away. */
    protected static <T> T room(@Nullable T room) throws RefusedException {
        if (room == null) {
            throw new RefusedException(
                    Refusal.BEING_UPDATED, "The service behind this command is not there.");
        }
        return room;
    }

    /** The session this runs in. */
    protected final Session session() throws RefusedException {
        return room(session);
    }
}

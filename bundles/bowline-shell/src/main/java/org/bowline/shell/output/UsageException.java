package org.bowline.shell.output;

import org.apache.karaf.shell.support.CommandException;

/** A command that was called wrongly: exit code 2. */
public final class UsageException extends CommandException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and how it goes right
     */
    public UsageException(String message) {
        super(Tame.text(message), Tame.text(message));
    }
}

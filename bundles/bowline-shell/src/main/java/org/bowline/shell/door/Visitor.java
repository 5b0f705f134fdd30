package org.bowline.shell.door;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who came through the door, and what the audit is told of it. The door outlives the audit: what
 * happens while that is being updated stands in the log alone.
 */
final class Visitor {
    private static final Logger LOG = LoggerFactory.getLogger(Visitor.class);
    private static final Actor ACTOR = new Actor(LocalAdmin.NAME, "shell");

    private final String user;
    private final Supplier<List<Audit>> audits;

    /**
     * @param user what the machine calls who opened the socket
     * @param audits those that are there now
     */
    Visitor(String user, Supplier<List<Audit>> audits) {
        this.user = user;
        this.audits = audits;
    }

    /** Who is at the other end of the socket. */
    static Visitor at(SocketChannel socket, Supplier<List<Audit>> audits) throws IOException {
        String user = socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return new Visitor(user, audits);
    }

    /** A session begins. */
    void opens() {
        record("shell.open", "", "A shell session of the machine's user " + user + " begins.");
    }

    /** A session has ended. */
    void closes() {
        record("shell.close", "", "A shell session of the machine's user " + user + " has ended.");
    }

    /**
     * A line is run without a session.
     *
     * @param commands that it names
     */
    void runs(List<String> commands) {
        String names =
                commands.isEmpty() ? "a line without a command" : String.join(", ", commands);
        record(
                "shell.run",
                String.join(" ", commands),
                "The machine's user " + user + " runs " + names + ".");
    }

    private void record(String act, String subject, String detail) {
        List<Audit> there = audits.get();
        if (there.isEmpty()) {
            LOG.warn("The audit is away, so it misses {}: {}", act, detail);
            return;
        }
        // Who goes away interrupts the thread; a log that is being written must not see that.
        boolean interrupted = Thread.interrupted();
        try {
            there.get(0).record(Act.done(ACTOR, act, subject, detail));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package org.bowline.shell.door;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command in a session without a terminal, with the client's own standard streams. */
final class OneCommand implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(OneCommand.class);

    private final Visitor visitor;
    private final Hello hello;
    private final RemoteInput in;
    private final PrintStream out;
    private final PrintStream error;
    private final Session session;
    private final CommandSession shell;

    OneCommand(SessionFactory factory, Visitor visitor, Hello hello, FrameWriter writer) {
        this.visitor = visitor;
        this.hello = hello;
        in = new RemoteInput(writer);
        out = stream(new FrameOutput(writer, Frame.OUT));
        error = stream(new FrameOutput(writer, Frame.ERROR));
        session = factory.create(in, out, error);
        // gogo's own: Karaf's execute stumbles over an open quote before gogo can name it
        shell = (CommandSession) session.get(".commandSession");
        Conversation.introduce(session, hello);
    }

    @Override
    public int run() {
        try {
            visitor.runs(CommandNames.in(hello.command(), session.getRegistry()));
            Outcome outcome = execute();
            if (!outcome.message().isEmpty()) {
                error.println(outcome.message());
            }
            out.flush();
            error.flush();
            return outcome.code();
        } catch (UncheckedIOException e) {
            LOG.debug("A shell client went away: {}", e.toString());
            return Outcome.INTERRUPTED;
        } finally {
            hangUp();
        }
    }

    private Outcome execute() {
        try {
            Object result = shell.execute(CommandText.of(hello.command()));
            if (result != null && !(result instanceof Integer)) {
                out.println(shell.format(result, Converter.INSPECT));
            }
            return Outcome.of(result);
        } catch (Exception e) { // commands may throw anything
            Outcome outcome = Outcome.of(e);
            if (outcome.code() == 1) {
                LOG.error("The command {} failed", hello.command().get(0), e);
            }
            return outcome;
        }
    }

    private PrintStream stream(OutputStream to) {
        return new PrintStream(
                hello.colours() ? to : new PlainOutput(to), true, StandardCharsets.UTF_8);
    }

    @Override
    public void data(byte[] bytes) {
        in.arrive(bytes);
    }

    @Override
    public void window(int columns, int rows) {
        // nothing of it is drawn
    }

    @Override
    public void hangUp() {
        in.end();
        session.close();
    }
}

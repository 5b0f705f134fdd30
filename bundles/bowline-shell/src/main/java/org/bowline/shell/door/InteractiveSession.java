package org.bowline.shell.door;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bowline.api.identity.HostFacts;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal in a session of Karaf's shell, until Ctrl-D, {@code logout}, or the client is gone.
 */
final class InteractiveSession implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(InteractiveSession.class);

    private final Visitor visitor;
    private final RemoteTerminal terminal;
    private final Keyboard keyboard;
    private final Session session;
    private final String banner;

    InteractiveSession(
            SessionFactory factory,
            HostFacts host,
            Visitor visitor,
            Hello hello,
            FrameWriter writer,
            Threads threads)
            throws IOException {
        this.visitor = visitor;
        terminal =
                new RemoteTerminal(
                        hello.term(),
                        new FrameOutput(writer, Frame.OUT),
                        hello.columns(),
                        hello.rows());
        keyboard = new Keyboard(terminal);
        PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        session =
                factory.create(terminal.input(), out, out, terminal, "UTF-8", () -> writer.end(0));
        SteadyChannels.install(session, terminal.input(), terminal.output());
        Conversation.introduce(session, hello);
        prepare(host.name().replaceAll("[^A-Za-z0-9._-]", "_"));
        banner =
                "Bowline %s on %s. Tab completes, help lists, Ctrl-D leaves; the agent goes on."
                        .formatted(host.version(), host.name().replaceAll("\\p{Cntrl}", "_"));
        threads.start("feed", keyboard);
    }

    private void prepare(String host) {
        session.put("exit", (Function) this::exit);
        session.put(Session.IS_LOCAL, true); // with the property below: not Karaf's banner
        session.put("PROMPT", "\u001B[1mbowline\u001B[0m@" + host + "(${SUBSHELL})> ");
        if (session.get(".jline.reader") instanceof LineReader reader) {
            reader.setVariable(LineReader.HISTORY_IGNORE, "*join *"); // a token is a secret
        }
    }

    /** Karaf's own exit only leaves a sub-shell; at the top it does nothing. */
    private @Nullable Object exit(CommandSession shell, List<Object> arguments) throws Exception {
        if (String.valueOf(session.get(Session.SUBSHELL)).isEmpty()) {
            session.close();
            return null;
        }
        return shell.execute("*:exit");
    }

    @Override
    public int run() {
        LOG.info("A shell session begins");
        visitor.opens();
        try {
            terminal.writer().println(banner);
            terminal.flush();
            session.run();
        } catch (UncheckedIOException e) {
            LOG.debug("A shell client went away: {}", e.toString());
        } catch (Exception e) {
            throw new IllegalStateException("the shell session broke", e);
        } finally {
            hangUp();
            visitor.closes();
            LOG.info("A shell session ended");
        }
        return 0;
    }

    @Override
    public void data(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            hangUp();
        } else {
            keyboard.type(bytes);
        }
    }

    @Override
    public void window(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    @Override
    public void hangUp() {
        keyboard.close();
        try {
            session.close();
        } catch (UncheckedIOException e) {
            LOG.debug("The last words of a session were not heard: {}", e.toString());
        }
    }
}

package org.bowline.cli;

import java.io.IOException;
import java.util.List;

/** Runs one command in the agent. Ctrl-C ends this process, and the agent ends the command. */
final class OneCommand {
    private final Wire wire;
    private final Terminal terminal;
    private final List<String> command;

    OneCommand(Wire wire, Terminal terminal, List<String> command) {
        this.wire = wire;
        this.terminal = terminal;
        this.command = command;
    }

    /** Runs it; returns its exit code. */
    int run() throws IOException {
        wire.hello(Hello.of(terminal, columns(), 0, command));
        Input input = new Input(wire);
        Thread reader = new Thread(input, "bowline-input");
        reader.setDaemon(true);
        reader.start();
        return new Output(wire, input).run();
    }

    /** What the caller's shell says: asking the terminal takes a process. */
    private static int columns() {
        String columns = System.getenv("COLUMNS");
        try {
            return columns == null ? 0 : Integer.parseInt(columns);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

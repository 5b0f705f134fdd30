package org.bowline.cli;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/bowline}: carries a terminal, or one command, to the agent's shell through its Unix
 * domain socket, and returns the exit code.
 *
 * <p>No lambdas and no regular expressions on the way of one command: their first use costs more
 * than the rest of it.
 */
public final class Main {
    private static final int USAGE = 2;
    private static final int NOT_ALLOWED = 3;
    private static final int NO_AGENT = 7;

    private Main() {}

    /** Ends the process with the exit code. */
    public static void main(String[] args) {
        // Threads that wait for a terminal would keep the process.
        System.exit(run(args));
    }

    private static int run(String[] args) {
        Arguments arguments;
        try {
            arguments = Arguments.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bowline: " + e.getMessage());
            System.err.println("Try bin/bowline --help");
            return USAGE;
        }
        if (arguments.help()) {
            System.out.print(Arguments.HELP);
            return 0;
        }
        if (arguments.version()) {
            String version = Main.class.getPackage().getImplementationVersion();
            System.out.println("bowline " + (version == null ? "(not packed)" : version));
            return 0;
        }
        return connect(arguments);
    }

    private static int connect(Arguments arguments) {
        Path socket = arguments.base().resolve("run").resolve("shell.sock");
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return talk(new Wire(channel), arguments.command());
        } catch (AccessDeniedException e) {
            return refused(socket);
        } catch (SocketException e) {
            return String.valueOf(e.getMessage()).contains("denied")
                    ? refused(socket)
                    : missing(socket, e);
        } catch (IOException | IllegalArgumentException e) {
            return missing(socket, e);
        }
    }

    private static int talk(Wire wire, List<String> wanted) throws IOException {
        Terminal terminal = Terminal.ofProcess();
        List<String> command = wanted;
        if (command.isEmpty() && !terminal.both()) {
            command = script();
            if (command.isEmpty()) {
                return 0;
            }
        }
        return command.isEmpty()
                ? new Interactive(wire, terminal).run()
                : new OneCommand(wire, terminal, command).run();
    }

    /** Without a terminal, standard input is what to run. */
    private static List<String> script() throws IOException {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        List<String> command = new ArrayList<>();
        if (!text.isEmpty()) {
            command.add(text);
        }
        return command;
    }

    private static int refused(Path socket) {
        System.err.println("bowline: this user may not open " + socket);
        System.err.println("Run it as the user who runs the agent, or as root.");
        return NOT_ALLOWED;
    }

    private static int missing(Path socket, Exception cause) {
        if (unreadable(socket)) {
            return refused(socket);
        }
        System.err.println(
                "bowline: no agent answers at " + socket + " (" + cause.getMessage() + ")");
        System.err.println(
                "Start it with bin/bowline-agent, or name its folder: bin/bowline --base DIR");
        return NO_AGENT;
    }

    private static boolean unreadable(Path socket) {
        Path directory = socket.getParent();
        return Files.isDirectory(directory) && !Files.isExecutable(directory);
    }
}

package org.bowline.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the command line.
 *
 * @param help whether only help is wanted
 * @param version whether only the version is wanted
 * @param base the agent's folder
 * @param command what to run there, word by word; empty for a session
 */
record Arguments(boolean help, boolean version, Path base, List<String> command) {
    static final String HELP =
            """
            Usage: bowline [--base DIR]                    opens the agent's shell
                   bowline [--base DIR] COMMAND [ARG...]   runs one command there
                   ... | bowline [--base DIR]              runs what is piped in

              --base DIR    the agent's folder (default: $BOWLINE_BASE, else this product's folder)
              --help        shows this
              --version     shows the version
              --            what follows is the command

            One word alone is taken as a whole line: bowline 'link:hosts | grep worker'
            Commands: bowline help. Most used: link:token, link:join, link:hosts, link:status,
            link:unlink, link:takeover, content:list, content:add, content:sync, diag:ping,
            diag:audit; each has --help.

            Exit codes: 0 ok, 1 internal, 2 usage, 3 not allowed, 4 not found, 5 precondition,
            6 token bad or expired, 7 agent or peer unreachable, 8 timeout, 9 partly done,
            127 no such command, 130 interrupted.
            """;

    /**
     * @throws IllegalArgumentException if it cannot be understood; the message says why
     */
    static Arguments of(String[] args) {
        String base = null;
        int at = 0;
        while (at < args.length && args[at].startsWith("-")) {
            String option = args[at++];
            if (option.equals("--")) {
                break;
            } else if (option.equals("--help") || option.equals("-h")) {
                return new Arguments(true, false, folder(base), List.of());
            } else if (option.equals("--version")) {
                return new Arguments(false, true, folder(base), List.of());
            } else if (option.equals("--base") && at < args.length) {
                base = args[at++];
            } else if (option.startsWith("--base=")) {
                base = option.substring("--base=".length());
            } else {
                throw new IllegalArgumentException(
                        option.equals("--base")
                                ? "--base needs a folder"
                                : "unknown option " + option);
            }
        }
        List<String> command = new ArrayList<>();
        while (at < args.length) {
            command.add(args[at++]);
        }
        return new Arguments(false, false, folder(base), command);
    }

    private static Path folder(@Nullable String option) {
        String named = option != null ? option : System.getenv("BOWLINE_BASE");
        if (named == null || named.isEmpty()) {
            named = System.getProperty("bowline.home", ".");
        }
        return Path.of(named).toAbsolutePath().normalize();
    }
}

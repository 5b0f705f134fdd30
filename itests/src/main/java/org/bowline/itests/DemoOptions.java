package org.bowline.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo is asked to do.
 *
 * @param home the unpacked product
 * @param hosts linked hosts, the leader included
 * @param unlinked further hosts that are left alone
 * @param content file to upload; empty: the largest file of the product itself
 * @param json file that tells scripts where the agents are; empty: none
 * @param help whether only the usage is wanted
 */
record DemoOptions(
        Path home,
        int hosts,
        int unlinked,
        Optional<Path> content,
        Optional<Path> json,
        boolean help) {
    static final String USAGE =
            """
            Usage: ./bowline-demo [--hosts N] [--unlinked N] [--content FILE] [--json FILE]
            Starts a leader and followers on loopback, links them, uploads a content bundle and waits until
            all hold it. Everything stays up until Ctrl-C.

              --hosts N       linked hosts, the leader included (default 3)
              --unlinked N    further hosts that are not linked (default 0)
              --content FILE  what to upload (default: the largest file of the product)
              --json FILE     write {"agents": [{"name", "url", "token", "pid", "base"}]} once all is done""";

    private static final int MOST = 40;

    static DemoOptions parse(String[] args) {
        int hosts = 3;
        int unlinked = 0;
        Optional<Path> content = Optional.empty();
        Optional<Path> json = Optional.empty();
        boolean help = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--hosts" -> hosts = number(args, ++i, 1);
                case "--unlinked" -> unlinked = number(args, ++i, 0);
                case "--content" -> content = Optional.of(Path.of(value(args, ++i)));
                case "--json" -> json = Optional.of(Path.of(value(args, ++i)));
                case "-h", "--help" -> help = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (content.isPresent() && !Files.isRegularFile(content.get())) {
            throw new IllegalArgumentException("no such file: " + content.get());
        }
        return new DemoOptions(
                Path.of(System.getProperty("bowline.home")), hosts, unlinked, content, json, help);
    }

    private static int number(String[] args, int at, int least) {
        String text = value(args, at);
        int number = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
        if (number < least || number > MOST) {
            throw new IllegalArgumentException(
                    args[at - 1] + " " + text + ": expected " + least + " to " + MOST);
        }
        return number;
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) {
            throw new IllegalArgumentException(args[at - 1] + " needs a value");
        }
        return args[at];
    }
}

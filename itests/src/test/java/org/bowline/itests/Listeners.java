package org.bowline.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** TCP ports that a process listens on, as Linux tells it under {@code /proc} (proc_net(5)). */
final class Listeners {
    private static final String LISTEN = "0A";

    private Listeners() {}

    static Set<Integer> of(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/" + pid + "/net/" + table);
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            for (String line : lines) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[3].equals(LISTEN) && sockets.contains(fields[9])) {
                    ports.add(Integer.parseInt(fields[1].replaceFirst(".*:", ""), 16));
                }
            }
        }
        return ports;
    }

    /** Inodes of the sockets that the process holds. */
    private static Set<String> sockets(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            return sockets(pid); // one was closed while it was looked at: look again
        }
        return inodes;
    }
}

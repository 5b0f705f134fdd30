package org.bowline.itests.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bowline.itests.Agent;

/**
 * What a process holds, as Linux and its JVM tell it.
 *
 * @param threads by name, without the numbers in it
 * @param files open ones that are no sockets
 * @param sockets open ones
 * @param heap KB in use after a collection
 * @param rss KB of memory
 */
record Usage(Map<String, Integer> threads, int files, int sockets, long heap, long rss) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** Of the heap of SerialGC: its young and its old generation. */
    private static final Pattern GENERATION =
            Pattern.compile("(?m)^ *(def new|tenured) generation.*$");

    static Usage of(Agent agent) throws IOException {
        long pid = agent.pid();
        jcmd(pid, "GC.run");
        Matcher generations = GENERATION.matcher(jcmd(pid, "GC.heap_info"));
        long heap = 0;
        while (generations.find()) {
            Matcher used = USED.matcher(generations.group());
            heap += used.find() ? Long.parseLong(used.group(1)) : 0;
        }
        return new Usage(threads(pid), open(pid, false), sockets(pid), heap, rss(pid));
    }

    /** How many sockets that process has. */
    static int sockets(long pid) throws IOException {
        return open(pid, true);
    }

    int threadCount() {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Threads that are more now than before, by name. */
    Map<String, Integer> moreThan(Usage before) {
        Map<String, Integer> more = new TreeMap<>();
        threads.forEach(
                (name, count) -> {
                    int grown = count - before.threads.getOrDefault(name, 0);
                    if (grown > 0) {
                        more.put(name, grown);
                    }
                });
        return more;
    }

    private static Map<String, Integer> threads(long pid) throws IOException {
        Map<String, Integer> names = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                name(task).ifPresent(name -> names.merge(name, 1, Integer::sum));
            }
        }
        return names;
    }

    /** Linux keeps 15 characters of it. */
    private static Optional<String> name(Path task) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            return Optional.of(name.replaceAll("[0-9]+", "#"));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it ended meanwhile
        }
    }

    private static int open(long pid, boolean sockets) throws IOException {
        int count = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path one : all.toList()) {
                try {
                    String target = Files.readSymbolicLink(one).toString();
                    count += target.startsWith("socket:") == sockets ? 1 : 0;
                } catch (NoSuchFileException e) {
                    continue; // it was closed meanwhile
                }
            }
        }
        return count;
    }

    /** KB of memory that process has. */
    static long rss(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findAny()
                    .orElse(0);
        }
    }

    private static String jcmd(long pid, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("jcmd " + command + " failed: " + answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return answer;
    }
}

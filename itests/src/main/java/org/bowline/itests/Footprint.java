package org.bowline.itests;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures what an agent costs: time and CPU until it answers, then memory, threads and CPU at
 * rest; beside an empty house (Karaf, SCR and Jetty alone, from the same product) in the same run.
 *
 * <p>Run on demand: {@code java -Dbowline.home=… -cp … org.bowline.itests.Footprint [rounds]}.
 */
public final class Footprint {
    private static final int REST_SECONDS = 30;

    /** One start: seconds on the wall, CPU seconds. */
    private record Start(double wall, double cpu) {}

    private record House(String name, List<Start> first, List<Start> warm) {
        House(String name) {
            this(name, new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Path folder;
    private final Path home;
    private final Path emptyHome;
    private final int emptyPort;

    private Footprint(Path folder, Path home) throws IOException {
        this.folder = folder;
        this.home = home;
        this.emptyPort = AgentFiles.freePort("127.0.0.1");
        this.emptyHome = emptyHouse();
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Path folder = Files.createTempDirectory("bowline-footprint-");
        new Footprint(folder, Path.of(System.getProperty("bowline.home"))).run(rounds);
    }

    private void run(int rounds) throws Exception {
        House empty = new House("empty house");
        House agent = new House("Bowline");
        for (int round = 0; round < rounds; round++) {
            measure(empty, emptyHome, round, false);
            measure(agent, home, round, round == rounds - 1);
        }
        print("first start", empty.first, agent.first);
        print("warm start", empty.warm, agent.warm);
    }

    /** A first start, a clean stop (which keeps the classes), a warm start. */
    private void measure(House house, Path product, int round, boolean atRest) throws Exception {
        Path base = folder.resolve(house.name.replace(' ', '-') + "-" + round);
        String ip = "127.0.0.1";
        AgentFiles files =
                new AgentFiles(
                        "edge",
                        ip,
                        product.equals(home) ? AgentFiles.freePort(ip) : emptyPort,
                        AgentFiles.freePort(ip),
                        "",
                        AgentFiles.secret(),
                        "");
        try (Agent agent = new Agent(product, base, files)) {
            house.first.add(start(agent, product));
            agent.stop();
            house.warm.add(start(agent, product));
            if (atRest) {
                rest(agent);
            }
            agent.stop();
        }
    }

    private Start start(Agent agent, Path product) throws Exception {
        long began = System.nanoTime();
        agent.start();
        if (product.equals(home)) {
            agent.awaitReady();
        } else {
            awaitAnyAnswer(agent);
        }
        return new Start((System.nanoTime() - began) / 1e9, agent.cpuSeconds());
    }

    private static void awaitAnyAnswer(Agent agent) throws IOException {
        Site.await(
                "the empty house answers",
                Duration.ofSeconds(90),
                () -> {
                    try {
                        return agent.rest().send("GET", "/", BodyPublishers.noBody()).status() > 0;
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private static void rest(Agent agent) throws Exception {
        TimeUnit.SECONDS.sleep(20); // settles: compilers and warm-up end
        double before = agent.cpuSeconds();
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        double used = agent.cpuSeconds() - before;
        System.out.printf(
                Locale.ROOT,
                "at rest: %s, %s, %.2f %% of a core over %d s%n",
                status(agent, "VmRSS"),
                status(agent, "Threads"),
                100 * used / REST_SECONDS,
                REST_SECONDS);
    }

    private static String status(Agent agent, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + agent.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(key + ":"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .findAny()
                    .orElse(key + ": unknown");
        }
    }

    private static void print(String what, List<Start> empty, List<Start> agent) {
        double wall = median(agent.stream().map(Start::wall).toList());
        double cpu = median(agent.stream().map(Start::cpu).toList());
        double emptyWall = median(empty.stream().map(Start::wall).toList());
        double emptyCpu = median(empty.stream().map(Start::cpu).toList());
        System.out.printf(
                Locale.ROOT,
                "%s, medians of %d: Bowline %.1f s wall, %.1f s CPU; empty house %.1f s, %.1f s;"
                        + " difference %+.1f s wall, %+.1f s CPU%n",
                what,
                agent.size(),
                wall,
                cpu,
                emptyWall,
                emptyCpu,
                wall - emptyWall,
                cpu - emptyCpu);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /**
     * The product without Bowline: Jetty listens by HTTPS with a throw-away key, and nothing else.
     */
    private Path emptyHouse() throws IOException {
        Path empty = folder.resolve("empty-home");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Path copy = empty.resolve(home.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Path features = empty.resolve("etc/org.apache.karaf.features.cfg");
        String text = Files.readString(features);
        Files.writeString(
                features, text.replaceAll("(?m)^(featuresBoot *=).*$", "$1 scr, bowline-http"));
        Path startup = empty.resolve("etc/startup.properties");
        Files.write(
                startup,
                Files.readAllLines(startup).stream()
                        .filter(line -> !line.matches(".*(bowline|bouncycastle|jackson|yaml).*"))
                        .toList());
        Path keys = empty.resolve("etc/keys.p12");
        keytool(keys);
        Path custom = empty.resolve("etc/custom.properties");
        Files.writeString(
                custom,
                Files.readString(custom).replace("https.enable = false", "https.enable = true")
                        + "org.osgi.service.http.port.secure = "
                        + emptyPort
                        + "\n"
                        + "org.apache.felix.https.jetty.protocols.included = TLSv1.3\n"
                        + "org.apache.felix.https.keystore = "
                        + keys
                        + "\n"
                        + "org.apache.felix.https.keystore.type = PKCS12\n"
                        + "org.apache.felix.https.keystore.password = footprint\n"
                        + "org.apache.felix.https.keystore.key.password = footprint\n");
        return empty;
    }

    private static void keytool(Path keys) throws IOException {
        Process made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "empty",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=empty",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                "footprint")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (made.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

package org.bowline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long content takes from the first byte of its upload until a leader and two
 * followers hold it, and what that costs in CPU; beside the time that hashing the same file once
 * takes in the same run, which no way of doing it can beat.
 *
 * <p>Run on demand: {@code java -Dbowline.home=… -cp … org.bowline.itests.Throughput FILE…}.
 */
public final class Throughput {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Throughput() {}

    /** Uploads each file in turn and prints a line for each. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("bowline-throughput-");
        try (Site site = new Site(Path.of(System.getProperty("bowline.home")), folder)) {
            for (int host = 1; host <= 3; host++) {
                site.start(AgentFiles.on("edge-" + host, "127.0.0." + (20 + host), ""));
            }
            List<Agent> agents = site.agents();
            for (Agent agent : agents) {
                agent.awaitReady();
            }
            for (Agent follower : agents.subList(1, 3)) {
                Site.link(follower, Site.token(agents.get(0)), LIMIT);
            }
            for (String file : args) {
                measure(agents, Path.of(file));
            }
        }
    }

    private static void measure(List<Agent> agents, Path file) throws IOException {
        long hashing = System.nanoTime();
        String expected;
        try (InputStream in = Files.newInputStream(file)) {
            expected = Site.sha256(in);
        }
        double floor = (System.nanoTime() - hashing) / 1e9;
        List<Double> before = cpu(agents);
        long began = System.nanoTime();
        JsonNode item = agents.get(0).rest().upload(file, file.getFileName().toString());
        double uploaded = (System.nanoTime() - began) / 1e9;
        for (Agent agent : agents) {
            Site.awaitHosts(agent, agents.size(), Site::synced, "Synced", LIMIT);
        }
        double synced = (System.nanoTime() - began) / 1e9;
        List<Double> after = cpu(agents);
        String digest = item.path("digest").asText();
        boolean equal = digest.equals(expected);
        for (Agent agent : agents) {
            equal &= Site.digestOf(agent, digest).equals(expected);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MiB, uploaded in %.2f s, on 3 hosts in %.2f s (%.1f x one SHA-256 of it);"
                        + " CPU leader %.1f s, followers %.1f and %.1f s; digests %s%n",
                file.getFileName(),
                Files.size(file) / 1048576.0,
                uploaded,
                synced,
                synced / floor,
                after.get(0) - before.get(0),
                after.get(1) - before.get(1),
                after.get(2) - before.get(2),
                equal ? "equal" : "DIFFER");
    }

    private static List<Double> cpu(List<Agent> agents) {
        List<Double> seconds = new ArrayList<>();
        agents.forEach(agent -> seconds.add(agent.cpuSeconds()));
        return seconds;
    }
}

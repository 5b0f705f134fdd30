package org.bowline.itests.scale;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bowline.itests.Agent;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Site;

/**
 * Links and unlinks a packed follower again and again, and fails if either host does not end where
 * it began: threads, files, sockets, and memory that is in use after a collection. Unlinks on the
 * follower or on the leader, as the seed decides.
 *
 * <p>Run on demand: {@code java -Dbowline.home=… -cp … org.bowline.itests.scale.Cycles [cycles]
 * [seed]}.
 */
public final class Cycles {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int WARM_UP = 10; // cycles before it begins to count
    private static final int EACH = 50; // cycles between two lines of the table

    /** Pools of all rooms let idle threads go within 30 s. */
    private static final int SETTLE_SECONDS = 45;

    /** Compiler threads of the JVM, and threads of Jetty's and HttpClient's pools. */
    private static final int THREADS_MORE = 4;

    /** The JVM maps jars and its logs as it likes. */
    private static final int FILES_MORE = 2;

    /** A connection of this client that the agent still keeps. */
    private static final int SOCKETS_MORE = 2;

    private static final long HEAP_MORE = 6 << 10; // KB: used tokens, caches, classes

    private final Agent leader;
    private final Agent follower;
    private final Random random;

    private Cycles(Agent leader, Agent follower, long seed) {
        this.leader = leader;
        this.follower = follower;
        this.random = new Random(seed);
    }

    /** Runs so many cycles; ends with 1 if something grew. */
    public static void main(String[] args) throws Exception {
        int cycles = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        Path folder = Files.createTempDirectory("bowline-cycles-");
        System.out.println(cycles + " cycles, seed " + seed + "; logs in " + folder + "/*/log");
        List<String> grown;
        try (Site site = new Site(Path.of(System.getProperty("bowline.home")), folder)) {
            Agent leader = site.start(AgentFiles.on("leader", "127.0.0.31", ""));
            Agent follower = site.start(AgentFiles.on("follower", "127.0.0.32", ""));
            leader.awaitReady();
            follower.awaitReady();
            grown = new Cycles(leader, follower, seed).run(cycles);
        }
        grown.forEach(line -> System.out.println("GREW: " + line));
        System.out.println(grown.isEmpty() ? "nothing grew" : grown.size() + " things grew");
        System.exit(grown.isEmpty() ? 0 : 1);
    }

    private List<String> run(int cycles) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            cycle();
        }
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        Usage leaderBefore = line("begin", leader);
        Usage followerBefore = line("begin", follower);
        Times times = new Times();
        for (int i = 1; i <= cycles; i++) {
            times.add(cycle());
            if (i % EACH == 0) {
                line(i + " cycles", leader);
                line(i + " cycles", follower);
            }
        }
        System.out.println("paste to Completed: " + times);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        List<String> grown = new ArrayList<>();
        compare(leader, leaderBefore, line("end", leader), grown);
        compare(follower, followerBefore, line("end", follower), grown);
        return grown;
    }

    /** One link and one unlink; how long the link took, in ms. */
    private double cycle() throws IOException {
        String token = Site.token(leader);
        long began = System.nanoTime();
        JsonNode ended = follower.rest().post("/link?wait=30s", Map.of("token", token));
        double taken = (System.nanoTime() - began) / 1e6;
        if (!ended.path("status").asText().equals("completed")) {
            throw new IOException("no link: " + ended);
        }
        Site.awaitHosts(leader, 2, row -> true, "linked", SOON);
        if (random.nextBoolean()) {
            follower.rest().delete("/link");
        } else {
            String id = Site.row(leader, follower.name()).path("id").asText();
            leader.rest().delete("/hosts/" + id);
        }
        Site.awaitHosts(leader, 1, row -> true, "unlinked", SOON);
        Site.await(
                "the follower is alone",
                SOON,
                () -> !follower.rest().get("/link").path("follower").asBoolean());
        return taken;
    }

    private static Usage line(String when, Agent agent) throws IOException {
        Usage usage = Usage.of(agent);
        System.out.printf(
                Locale.ROOT,
                "%-11s %-8s threads %3d  files %3d  sockets %2d  heap %6d KB  RSS %6d KB%n",
                when,
                agent.name(),
                usage.threadCount(),
                usage.files(),
                usage.sockets(),
                usage.heap(),
                usage.rss());
        return usage;
    }

    private static void compare(Agent agent, Usage before, Usage after, List<String> grown) {
        int threads = after.threadCount() - before.threadCount();
        if (threads > THREADS_MORE) {
            grown.add(agent.name() + ": " + threads + " threads: " + after.moreThan(before));
        }
        if (after.files() - before.files() > FILES_MORE) {
            grown.add(agent.name() + ": files " + before.files() + " -> " + after.files());
        }
        if (after.sockets() - before.sockets() > SOCKETS_MORE) {
            grown.add(agent.name() + ": sockets " + before.sockets() + " -> " + after.sockets());
        }
        if (after.heap() - before.heap() > HEAP_MORE) {
            grown.add(agent.name() + ": heap " + before.heap() + " -> " + after.heap() + " KB");
        }
    }
}

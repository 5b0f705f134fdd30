package org.bowline.itests.scale;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bowline.itests.Agent;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Rest;
import org.bowline.itests.Site;

/**
 * Measures with packed agents how long a link takes from the paste to Completed, and how long a
 * change on the leader takes until a page that listens on each follower shows it. To tell where
 * that time goes, the same change is also watched by asking one follower's REST again and again.
 *
 * <p>Run on demand: {@code java -Dbowline.home=… -cp … org.bowline.itests.scale.Latency
 * [followers]}.
 */
public final class Latency {
    private static final int CHANGES = Integer.getInteger("changes", 40);
    private static final int AT_ONCE = 3; // agents that start
    private static final int LONGEST_PAUSE = 700; // ms
    private static final long LIMIT_SECONDS = 30;
    private static final Duration SOON = Duration.ofSeconds(LIMIT_SECONDS);

    private final Random random = new Random(1); // so that no change keeps step with a clock
    private final Site site;
    private final Path folder;
    private int changes;

    private Latency(Site site, Path folder) {
        this.site = site;
        this.folder = folder;
    }

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        int followers = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        Path folder = Files.createTempDirectory("bowline-latency-");
        try (Site site = new Site(Path.of(System.getProperty("bowline.home")), folder)) {
            new Latency(site, folder).run(followers);
        }
    }

    private void run(int count) throws Exception {
        start(count + 1);
        Agent leader = site.agents().get(0);
        List<Agent> followers = site.agents().subList(1, count + 1);
        links("paste to Completed", leader, followers);
        for (Agent follower : followers) {
            follower.rest().delete("/link");
        }
        Site.awaitHosts(leader, 1, row -> true, "alone", SOON);
        links("again, after an unlink", leader, followers);
        for (Agent agent : site.agents()) {
            Site.awaitHosts(agent, count + 1, Site::synced, "all", SOON);
        }
        List<Events> pages = new ArrayList<>();
        for (Agent follower : followers) {
            pages.add(Events.of(follower));
        }
        shown(leader, pages, CHANGES / 4); // warms up
        shown(leader, pages, CHANGES).print(followers.size());
        System.out.println(
                "by asking one follower's GET /content without a pause, from the answer of the"
                        + " leader: "
                        + asked(leader, followers.get(0)));
    }

    private void start(int count) throws IOException {
        for (int i = 0; i < count; i += AT_ONCE) {
            List<Agent> starting = new ArrayList<>();
            for (int j = i; j < Math.min(count, i + AT_ONCE); j++) {
                starting.add(site.start(AgentFiles.on("edge-" + j, "127.0.0." + (40 + j), "")));
            }
            for (Agent agent : starting) {
                agent.awaitReady();
            }
        }
    }

    /** Links each in turn; tells how long the whole took, and each step. */
    private static void links(String what, Agent leader, List<Agent> followers) throws IOException {
        Times whole = new Times();
        Map<String, Times> steps = new LinkedHashMap<>();
        for (Agent follower : followers) {
            String token = Site.token(leader);
            long began = System.nanoTime();
            JsonNode ended = follower.rest().post("/link?wait=30s", Map.of("token", token));
            whole.add((System.nanoTime() - began) / 1e6);
            if (!ended.path("status").asText().equals("completed")) {
                throw new IOException(follower.name() + " did not link: " + ended);
            }
            Instant before = null;
            for (JsonNode step : ended.path("steps")) {
                Instant at = Instant.parse(step.path("at").asText());
                if (before != null) {
                    steps.computeIfAbsent(step.path("title").asText(), title -> new Times())
                            .add(Duration.between(before, at).toNanos() / 1e6);
                }
                before = at;
            }
        }
        System.out.println(what + ": " + whole);
        steps.forEach((title, times) -> System.out.println("    " + title + ": " + times));
    }

    /** What was seen of changes on pages of the followers. */
    private record Shown(Times upload, Times each, Times last) {
        void print(int followers) {
            System.out.printf(
                    Locale.ROOT,
                    "upload of 1 KB on the leader, until it answers: %s%n"
                            + "from the begin of the upload until a follower's page shows it: %s%n"
                            + "until the last of %d pages shows it: %s%n",
                    upload,
                    each,
                    followers,
                    last);
        }
    }

    private Shown shown(Agent leader, List<Events> pages, int times) throws Exception {
        Shown shown = new Shown(new Times(), new Times(), new Times());
        for (int i = 0; i < times; i++) {
            pause();
            String name = "change-" + ++changes;
            Path file = file();
            long began = System.nanoTime();
            leader.rest().upload(file, name);
            shown.upload.add((System.nanoTime() - began) / 1e6);
            double last = 0;
            for (Events page : pages) {
                double taken = (page.seen(name, LIMIT_SECONDS) - began) / 1e6;
                shown.each.add(taken);
                last = Math.max(last, taken);
            }
            shown.last.add(last);
        }
        return shown;
    }

    private Times asked(Agent leader, Agent follower) throws Exception {
        Times times = new Times();
        for (int i = 0; i < CHANGES; i++) {
            pause();
            String name = "change-" + ++changes;
            leader.rest().upload(file(), name);
            long answered = System.nanoTime();
            long until = answered + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!lists(follower.rest(), name)) {
                if (System.nanoTime() > until) {
                    throw new IOException(follower.name() + " does not list " + name);
                }
            }
            times.add((System.nanoTime() - answered) / 1e6);
        }
        return times;
    }

    private static boolean lists(Rest rest, String name) throws IOException {
        return rest.get("/content").findValuesAsText("name").contains(name);
    }

    private Path file() throws IOException {
        byte[] bytes = new byte[1024];
        random.nextBytes(bytes);
        return Files.write(folder.resolve("change"), bytes);
    }

    private void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE));
    }
}

package org.bowline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The main job in one go: agents start, hosts link with tokens, a content bundle is uploaded and
 * reaches all of them. Then everything stays up until Ctrl-C.
 */
public final class Demo {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DemoOptions options;
    private final long began;
    private final Path folder;
    private final Site site;
    private final CountDownLatch cleaned = new CountDownLatch(1);

    private Demo(DemoOptions options, long began) throws IOException {
        this.options = options;
        this.began = began;
        this.folder = Files.createTempDirectory("bowline-demo-");
        this.site = new Site(options.home(), folder);
    }

    /** Runs the demo; see {@link DemoOptions} for its arguments. */
    public static void main(String[] args) throws Exception {
        DemoOptions options;
        try {
            options = DemoOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bowline-demo: " + e.getMessage());
            System.err.println(DemoOptions.USAGE);
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.println(DemoOptions.USAGE);
            return;
        }
        Demo demo = new Demo(options, System.nanoTime());
        Thread cleaning = new Thread(demo::clean, "bowline-demo-clean");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            demo.run();
        } catch (IOException e) {
            demo.say("Failed: " + e.getMessage());
            demo.say("The logs are in " + demo.keepLogs());
            System.exit(1);
        }
        demo.cleaned.await();
    }

    private void run() throws IOException {
        String password = AgentFiles.secret();
        String hash = AgentFiles.hash(password);
        int all = options.hosts() + options.unlinked();
        say("Starting " + all + " agents");
        for (int i = 0; i < all; i++) {
            site.start(AgentFiles.on("edge-" + (i + 1), address(i), hash));
        }
        List<Agent> agents = site.agents();
        for (Agent agent : agents) {
            agent.awaitReady();
            say(agent.name() + " is ready");
        }
        List<Agent> linked = agents.subList(0, options.hosts());
        link(linked);
        Path content = options.content().isPresent() ? options.content().get() : ownProduct();
        sync(linked, content);
        if (options.json().isPresent()) {
            writeJson(options.json().get());
        }
        sayHowToGoOn(agents, password);
    }

    private void link(List<Agent> linked) throws IOException {
        Agent leader = linked.get(0);
        for (Agent follower : linked.subList(1, linked.size())) {
            Site.link(follower, Site.token(leader), LIMIT);
            say(follower.name() + " is linked to " + leader.name());
        }
        for (Agent agent : linked) {
            Site.awaitHosts(agent, linked.size(), row -> true, "all hosts listed", LIMIT);
        }
    }

    private void sync(List<Agent> linked, Path content) throws IOException {
        String name = content.getFileName().toString();
        say(
                "Uploading %s (%.1f MB) on %s"
                        .formatted(name, Files.size(content) / 1e6, linked.get(0).name()));
        JsonNode item = linked.get(0).rest().upload(content, name);
        String digest = item.path("digest").asText();
        int[] shown = {-1};
        Site.await(
                "all hosts Synced",
                Duration.ofMinutes(30),
                () -> {
                    JsonNode rows = linked.get(0).rest().get("/hosts").path("items");
                    int percent = percent(rows);
                    if (percent / 10 != shown[0] / 10 || shown[0] < 0) {
                        shown[0] = percent;
                        say("Syncing " + percent + " %");
                    }
                    return allSynced(rows);
                });
        for (Agent agent : linked) {
            String held = Site.digestOf(agent, digest);
            if (!held.equals(digest)) {
                throw new IOException(agent.name() + " holds " + held + ", not " + digest);
            }
        }
        say("All Synced (" + linked.size() + "), each holds " + digest);
    }

    private static boolean allSynced(JsonNode rows) {
        for (JsonNode row : rows) {
            if (!Site.synced(row)) {
                return false;
            }
        }
        return true;
    }

    private static int percent(JsonNode rows) {
        int least = 100;
        for (JsonNode row : rows) {
            least = Math.min(least, row.path("content").path("percent").asInt());
        }
        return least;
    }

    /** A real bundle is at hand: the largest one of the packed agent itself. */
    private Path ownProduct() throws IOException {
        try (Stream<Path> files = Files.walk(options.home().resolve("system"))) {
            Path largest =
                    files.filter(Files::isRegularFile)
                            .max(Comparator.comparingLong(path -> path.toFile().length()))
                            .orElseThrow(() -> new IOException("the product is empty"));
            return Files.copy(largest, folder.resolve(largest.getFileName()));
        }
    }

    private void writeJson(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        ArrayNode list = root.putArray("agents");
        for (Agent agent : site.agents()) {
            list.addObject()
                    .put("name", agent.name())
                    .put("url", agent.url())
                    .put("token", agent.token())
                    .put("pid", agent.pid())
                    .put("base", agent.base().toString());
        }
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "demo", ".json");
        json.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), root);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void sayHowToGoOn(List<Agent> agents, String password) {
        say("Done in " + seconds() + " s");
        System.out.println();
        for (Agent agent : agents) {
            System.out.println("  " + agent.name());
            System.out.println("    Local UI  " + agent.url());
            System.out.println(
                    "    shell     "
                            + options.home().resolve("bin/bowline")
                            + " --base "
                            + agent.base());
        }
        System.out.println();
        System.out.println(
                "  Sign in as "
                        + AgentFiles.ADMIN
                        + " with password "
                        + password
                        + " on each host.");
        System.out.println("  The certificates are the hosts' own: the browser will warn once.");
        System.out.println("  Ctrl-C ends all agents and removes " + folder);
    }

    private void say(String line) {
        System.out.println(String.format(Locale.ROOT, "%7s s  ", seconds()) + line);
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
    }

    private static String address(int host) {
        boolean manyLoopbacks =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return manyLoopbacks ? "127.0.0." + (11 + host) : "127.0.0.1";
    }

    private Path keepLogs() throws IOException {
        Path logs = Files.createTempDirectory("bowline-demo-logs-");
        for (Agent agent : site.agents()) {
            Path own = Files.createDirectories(logs.resolve(agent.name()));
            try (Stream<Path> files = Files.list(agent.base().resolve("log"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, own.resolve(file.getFileName()));
                }
            }
        }
        return logs;
    }

    private void clean() {
        site.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = new ArrayList<>(files.toList());
            all.sort(Comparator.reverseOrder());
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("bowline-demo: " + folder + " stays: " + e.getMessage());
        }
        cleaned.countDown();
    }
}

package org.bowline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Several packed agents on this machine, and what an operator does with them through REST. */
public final class Site implements AutoCloseable {
    /** A slow machine needs so much of a token's two minutes for a test. */
    private static final Duration LIFE_LEFT = Duration.ofSeconds(40);

    private final Path home;
    private final Path folder;
    private final List<Agent> agents = new ArrayList<>();

    /**
     * @param home the unpacked product
     * @param folder gets a base folder for each agent
     */
    public Site(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Starts one more agent; does not wait. */
    public Agent start(AgentFiles files) throws IOException {
        return add(files).start();
    }

    /** Makes one more agent that is not started yet. */
    public Agent add(AgentFiles files) throws IOException {
        Agent agent = new Agent(home, folder.resolve(files.name()), files);
        agents.add(agent);
        return agent;
    }

    public List<Agent> agents() {
        return List.copyOf(agents);
    }

    /** Presses Generate token if need be; answers a token that is good for a while yet. */
    public static String token(Agent leader) throws IOException {
        JsonNode[] token = new JsonNode[1];
        await(
                leader.name() + " shows a fresh token",
                LIFE_LEFT.multipliedBy(2),
                () -> {
                    token[0] = leader.rest().post("/leader", Map.of()).path("token");
                    return token[0].path("leftSeconds").asDouble() > LIFE_LEFT.toSeconds();
                });
        return token[0].path("text").asText();
    }

    /** Links a host and waits until that is Completed. */
    public static void link(Agent follower, String token, Duration limit) throws IOException {
        follower.rest().post("/link", Map.of("token", token));
        await(
                follower.name() + " linked",
                limit,
                () -> {
                    JsonNode last = follower.rest().get("/link").path("last");
                    if (last.path("status").asText().equals("failed")) {
                        throw new IOException(follower.name() + " did not link: " + last);
                    }
                    return last.path("status").asText().equals("completed");
                });
    }

    /** The named cause for which a link fails, at once or in the background. */
    public static String failure(Agent agent, String token, Duration limit) throws IOException {
        Rest.Answer answer = agent.rest().send("POST", "/link", Rest.json(Map.of("token", token)));
        if (answer.status() >= 400) {
            return answer.refusal();
        }
        String[] cause = {""};
        await(
                "the link fails",
                limit,
                () -> {
                    JsonNode last = agent.rest().get("/link").path("last");
                    cause[0] = last.path("reason").path("code").asText();
                    return last.path("status").asText().equals("failed");
                });
        return cause[0];
    }

    /** Waits until every host of the table on that agent satisfies the condition. */
    public static void awaitHosts(
            Agent agent, int count, Predicate<JsonNode> each, String what, Duration limit)
            throws IOException {
        await(
                what + " on " + agent.name(),
                limit,
                () -> {
                    JsonNode rows = agent.rest().get("/hosts").path("items");
                    int good = 0;
                    for (JsonNode row : rows) {
                        good += each.test(row) ? 1 : 0;
                    }
                    return rows.size() == count && good == count;
                });
    }

    /** The row of that name in the table of an agent. */
    public static JsonNode row(Agent agent, String name) throws IOException {
        for (JsonNode row : agent.rest().get("/hosts").path("items")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new IOException(agent.name() + " lists no host " + name);
    }

    /** Whether a row of Linked Edge Hosts says Synced. */
    public static boolean synced(JsonNode row) {
        return row.path("content").path("state").asText().equals("synced");
    }

    /** SHA-256 of a content bundle as that agent hands it out. */
    public static String digestOf(Agent agent, String digest) throws IOException {
        try (InputStream in = agent.rest().download(digest)) {
            return sha256(in);
        }
    }

    /** SHA-256 of a stream, as {@code sha256:} and hex digits. */
    public static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Something that holds sooner or later. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until it holds, looking ten times a second. */
    public static void await(String what, Duration limit, Condition condition) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("not within " + limit.toSeconds() + " s: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Ends all agents at once. */
    @Override
    public void close() {
        agents.forEach(Agent::close);
    }
}

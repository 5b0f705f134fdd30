package org.bowline.itests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bowline.itests.Agent;
import org.bowline.itests.Places;
import org.bowline.itests.Site;

/** A leader and two hosts that join it, with every token that was shown or made out of one. */
final class Trio implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Site site;
    private final List<Pasted> tokens = new ArrayList<>();

    private Trio(Site site) {
        this.site = site;
    }

    /** Starts all three; the leader shows a token. */
    static Trio start() throws IOException {
        Site site = Places.site("hostile");
        for (String name : List.of("alpha-leads", "beta-joins", "gamma-joins")) {
            site.start(Places.agent(name));
        }
        Trio trio = new Trio(site);
        for (Agent agent : trio.agents()) {
            agent.awaitReady();
        }
        trio.shown();
        return trio;
    }

    Agent leader() {
        return site.agents().get(0);
    }

    Agent first() {
        return site.agents().get(1);
    }

    Agent second() {
        return site.agents().get(2);
    }

    List<Agent> agents() {
        return site.agents();
    }

    List<Pasted> tokens() {
        return tokens;
    }

    /** The token shown now. */
    Pasted shown() throws IOException {
        Pasted token = Pasted.of(Site.token(leader()));
        tokens.add(token);
        return token;
    }

    String failure(Agent agent, Pasted token) throws IOException {
        tokens.add(token);
        return Site.failure(agent, token.text(), SOON);
    }

    void link(Agent agent, Pasted token) throws IOException {
        assertThat(outcome(agent, token)).isEmpty();
        Site.awaitHosts(agent, members(), Site::synced, "all Synced", SOON);
    }

    private int members() throws IOException {
        return leader().rest().get("/hosts").path("items").size();
    }

    /** Links; the named cause if that fails, empty if it is Completed. */
    String outcome(Agent agent, Pasted token) throws IOException {
        tokens.add(token);
        agent.rest().post("/link", Map.of("token", token.text()));
        JsonNode[] last = new JsonNode[1];
        Site.await(
                "an end of the link",
                Duration.ofSeconds(60),
                () -> {
                    last[0] = agent.rest().get("/link").path("last");
                    return List.of("failed", "completed").contains(last[0].path("status").asText());
                });
        return last[0].path("reason").path("code").asText("");
    }

    void unlink(Agent follower) throws IOException {
        follower.rest().delete("/link");
        String name = follower.name();
        Site.await(
                name + " is out",
                SOON,
                () -> !leader().rest().get("/hosts").toString().contains(name));
        Site.awaitHosts(follower, 1, row -> true, "alone", SOON);
    }

    List<JsonNode> states() throws IOException {
        List<JsonNode> states = new ArrayList<>();
        for (Agent agent : site.agents()) {
            states.add(agent.rest().get("/diagnostics/state"));
        }
        return states;
    }

    String id(Agent agent) throws IOException {
        return Site.row(agent, agent.name()).path("id").asText();
    }

    @Override
    public void close() {
        site.close();
    }
}

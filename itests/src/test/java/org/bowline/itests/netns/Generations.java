package org.bowline.itests.netns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bowline.itests.Agent;

/**
 * Looks twice a second which group and generation every host follows, and remembers each host's
 * way. So it is known afterwards whether a host ever went back, or followed two groups of one
 * generation.
 */
final class Generations implements AutoCloseable {
    private final List<Agent> agents;
    private final Map<String, List<String>> ways = new TreeMap<>(); // guarded by itself
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Generations(List<Agent> agents) {
        this.agents = agents;
        clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Agent agent : agents) {
            try {
                JsonNode group = agent.rest().get("/diagnostics/state").path("group");
                step(
                        agent.name(),
                        group.path("generation").asLong() + " " + group.path("id").asText());
            } catch (IOException e) {
                step(agent.name(), ""); // it moved or is being asked too early
            }
        }
    }

    private void step(String name, String place) {
        synchronized (ways) {
            List<String> way = ways.computeIfAbsent(name, key -> new ArrayList<>());
            if (!place.isEmpty() && (way.isEmpty() || !way.get(way.size() - 1).equals(place))) {
                way.add(place);
            }
        }
    }

    /** The steps that must never be: back, or sideways within one generation. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        synchronized (ways) {
            ways.forEach(
                    (name, way) -> {
                        Map<Long, String> seen = new HashMap<>();
                        long last = 0;
                        for (String place : way) {
                            long generation = Long.parseLong(place.split(" ")[0]);
                            if (generation < last || seen.put(generation, place) != null) {
                                faults.add(name + " went " + way);
                            }
                            last = generation;
                        }
                    });
        }
        return faults;
    }

    /** How many generations that host went through. */
    int steps(Agent agent) {
        synchronized (ways) {
            return ways.getOrDefault(agent.name(), List.of()).size();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

package org.bowline.local.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the stand-in says of itself: whole answers out of {@code scenes.json} and {@code
 * faults.json}, by subject. A scene changes some of them. Safe for use by any thread.
 */
final class Scene {
    static final List<String> SUBJECTS =
            List.of("hosts", "leader", "link", "content", "sync", "aside");

    /** Takes one event as it goes over the wire. */
    interface Sink {
        void write(String event) throws IOException;
    }

    private static final String END = "";

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode scenes = json.createObjectNode();
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();

    /** Guarded by this. */
    private final Map<String, JsonNode> now = new LinkedHashMap<>();

    /** All events since the start, for browsers that poll. Guarded by this. */
    private final ArrayNode told = json.createArrayNode();

    Scene() {
        read("/scenes.json");
        read("/faults.json");
        set("standalone");
    }

    /** Takes the scenes of that file; one that is there already gets more subjects. */
    private void read(String file) {
        try (InputStream in = Scene.class.getResourceAsStream(file)) {
            json.readTree(in)
                    .properties()
                    .forEach(
                            scene ->
                                    scenes.withObjectProperty(scene.getKey())
                                            .setAll((ObjectNode) scene.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void set(String name) {
        JsonNode scene = scenes.path(name);
        if (!scene.isObject()) {
            throw new IllegalArgumentException("no scene " + name);
        }
        if (scene.has("base")) {
            set(scene.path("base").textValue());
        }
        scene.properties().forEach(entry -> put(entry.getKey(), entry.getValue()));
    }

    synchronized JsonNode get(String subject) {
        return now.getOrDefault(subject, json.nullNode());
    }

    void put(String subject, JsonNode value) {
        synchronized (this) {
            now.put(subject, value);
        }
        if (SUBJECTS.contains(subject)) {
            tell(subject, value);
            String event = event(subject, value);
            streams.forEach(stream -> stream.add(event));
        }
    }

    /** Lets the open streams end, as a restart of the agent does. */
    void end() {
        tell("end", json.nullNode());
        streams.forEach(stream -> stream.add(END));
    }

    private synchronized void tell(String name, JsonNode data) {
        told.addObject().put("name", name).set("data", data);
    }

    /** The events after that many; the snapshot for one who has none. */
    synchronized String since(int from) {
        ObjectNode answer = json.createObjectNode().put("next", told.size());
        ArrayNode events = answer.putArray("events");
        if (from < 0) {
            events.addObject().put("name", "snapshot").set("data", snapshot());
        } else {
            for (int i = from; i < told.size(); i++) {
                events.add(told.get(i));
            }
        }
        return answer.toString();
    }

    private ObjectNode snapshot() {
        ObjectNode snapshot = json.createObjectNode();
        SUBJECTS.forEach(subject -> snapshot.set(subject, get(subject)));
        return snapshot;
    }

    /** Sends the snapshot and what follows, until the browser or the scene ends it. */
    void stream(Sink sink) throws IOException {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        streams.add(events);
        try {
            sink.write(event("snapshot", snapshot()));
            for (String next = next(events); !next.equals(END); next = next(events)) {
                sink.write(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(events);
        }
    }

    private static String next(BlockingQueue<String> events) throws InterruptedException {
        String event = events.poll(2, TimeUnit.SECONDS);
        return event == null ? "event: ping\ndata: {}\n\n" : event;
    }

    private String event(String name, JsonNode data) {
        try {
            return "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bowline.api.group.Change;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Slice;
import org.bowline.group.state.Ordered;
import org.bowline.group.state.State;
import org.bowline.group.state.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A slice whose values are JSON; each value is read once, however often the slice is asked. */
final class JsonSlice<T> implements Slice<T> {
    private static final Logger LOG = LoggerFactory.getLogger(JsonSlice.class);

    /** A value that was read; {@code entry} is empty if this release cannot read it. */
    private record Decoded<T>(Stored stored, Optional<Entry<T>> entry) {}

    private record Copy<T>(
            Ordered<Stored> of, Map<String, Decoded<T>> decoded, Map<String, Entry<T>> all) {}

    private final String name;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final Supplier<State> state;
    private volatile Copy<T> copy = new Copy<>(Ordered.empty(), Map.of(), Map.of());

    JsonSlice(String name, Class<T> type, ObjectMapper json, Supplier<State> state) {
        this.name = name;
        this.reader = json.readerFor(type);
        this.writer = json.writerFor(type);
        this.state = state;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Entry<T>> all() {
        Ordered<Stored> now = state.get().slice(name);
        Copy<T> known = copy;
        if (known.of() != now) {
            known = read(now, known.decoded());
            copy = known;
        }
        return known.all();
    }

    private Copy<T> read(Ordered<Stored> now, Map<String, Decoded<T>> before) {
        Map<String, Decoded<T>> decoded = new LinkedHashMap<>();
        Map<String, Entry<T>> all = new LinkedHashMap<>();
        now.forEach(
                (key, stored) -> {
                    Decoded<T> known = before.get(key);
                    if (known == null || known.stored() != stored) {
                        known = new Decoded<>(stored, decode(key, stored));
                    }
                    decoded.put(key, known);
                    known.entry().ifPresent(entry -> all.put(key, entry));
                });
        return new Copy<>(now, decoded, Collections.unmodifiableMap(all));
    }

    @Override
    public Optional<Entry<T>> get(String key) {
        return Optional.ofNullable(all().get(key));
    }

    @Override
    public Change put(String key, T value) {
        try {
            return new Change.Put(name, key, writer.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass(), e);
        }
    }

    @Override
    public Change remove(String key) {
        return new Change.Remove(name, key);
    }

    private Optional<Entry<T>> decode(String key, Stored stored) {
        try {
            T value = reader.readValue(stored.value());
            return Optional.of(
                    new Entry<>(
                            value,
                            stored.revision(),
                            stored.actor(),
                            stored.host(),
                            stored.time()));
        } catch (IOException e) {
            LOG.warn("Leaving out {} of slice {}, which this release cannot read", key, name, e);
            return Optional.empty();
        }
    }
}

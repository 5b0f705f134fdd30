package org.bowline.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bowline.api.group.Change;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Slice;

/** A slice over whatever ledger its host's group is in now; values really go through JSON. */
final class MemorySlice<T> implements Slice<T> {
    private final String name;
    private final Class<T> type;
    private final ObjectMapper json;
    private final Supplier<MemoryLedger> ledger;

    MemorySlice(String name, Class<T> type, ObjectMapper json, Supplier<MemoryLedger> ledger) {
        this.name = name;
        this.type = type;
        this.json = json;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Entry<T>> all() {
        Map<String, Entry<T>> all = new LinkedHashMap<>();
        ledger.get().slice(name).forEach((key, stored) -> all.put(key, entry(stored)));
        return all;
    }

    @Override
    public Optional<Entry<T>> get(String key) {
        return Optional.ofNullable(all().get(key));
    }

    @Override
    public Change put(String key, T value) {
        try {
            return new Change.Put(name, key, json.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON for " + value, e);
        }
    }

    @Override
    public Change remove(String key) {
        return new Change.Remove(name, key);
    }

    private Entry<T> entry(MemoryLedger.Stored stored) {
        try {
            T value = json.readValue(stored.value(), type);
            return new Entry<>(
                    value, stored.revision(), stored.actor(), stored.host(), stored.time());
        } catch (IOException e) {
            throw new UncheckedIOException("slice " + name + " is not of " + type, e);
        }
    }

    /** Instants as RFC 3339 text, as the real group writes them. */
    static SimpleModule instants() {
        SimpleModule module = new SimpleModule("instants");
        module.addSerializer(
                new StdScalarSerializer<>(Instant.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void serialize(Instant at, JsonGenerator out, SerializerProvider with)
                            throws IOException {
                        out.writeString(at.toString());
                    }
                });
        module.addDeserializer(
                Instant.class,
                new StdScalarDeserializer<>(Instant.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Instant deserialize(JsonParser in, DeserializationContext with)
                            throws IOException {
                        return Instant.parse(in.getText());
                    }
                });
        return module;
    }
}

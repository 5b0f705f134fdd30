package org.bowline.group.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an entry stands in logs, on disks and on the wire, for ever: one JSON object in UTF-8.
 *
 * <pre>{@code
 * {"v":1,"a":"anna","f":"rest","h":"aaaa…","t":1790000000000,
 *  "c":[{"k":"put","s":"content","n":"disk.img","d":"eyJ9"}],
 *  "p":[{"s":"content","n":"disk.img","r":0}]}
 * }</pre>
 *
 * <ul>
 *   <li>{@code v} format version; an entry of a higher version stops whoever does not know it
 *   <li>{@code a}, {@code f} the actor's name and face; {@code h} the host; {@code t} its clock in
 *       milliseconds since 1970
 *   <li>{@code c} changes: kind {@code k} is {@code put} (slice {@code s}, key {@code n}, value
 *       {@code d} in base64), {@code del} (slice, key), {@code admit} or {@code describe} (member
 *       {@code m}), {@code expel} (host id {@code n}, link {@code l})
 *   <li>{@code p} preconditions: slice {@code s}, key {@code n}, revision {@code r}
 * </ul>
 *
 * Unknown fields are ignored. So are unknown kinds, with a warning: one that others must not miss
 * raises {@code v}.
 */
public final class EntryCodec {
    /** Bytes that an entry may have; the buffers of the log are made for it. */
    public static final int MAX_LENGTH = 512 << 10;

    private static final int VERSION = 1;
    private static final Logger LOG = LoggerFactory.getLogger(EntryCodec.class);

    @JsonPropertyOrder({"v", "a", "f", "h", "t", "c", "p"})
    private record Written(
            @JsonProperty("v") int version,
            @JsonProperty("a") @Nullable String actor,
            @JsonProperty("f") @Nullable String face,
            @JsonProperty("h") @Nullable HostId host,
            @JsonProperty("t") long time,
            @JsonProperty("c") @Nullable List<WrittenChange> changes,
            @JsonProperty("p") @Nullable List<WrittenPrecondition> preconditions) {}

    @JsonPropertyOrder({"k", "s", "n", "d", "m", "l"})
    private record WrittenChange(
            @JsonProperty("k") @Nullable String kind,
            @JsonProperty("s") @Nullable String slice,
            @JsonProperty("n") @Nullable String name,
            @JsonProperty("d") byte @Nullable [] data,
            @JsonProperty("m") @Nullable Member member,
            @JsonProperty("l") @Nullable Long link) {}

    @JsonPropertyOrder({"s", "n", "r"})
    private record WrittenPrecondition(
            @JsonProperty("s") @Nullable String slice,
            @JsonProperty("n") @Nullable String name,
            @JsonProperty("r") long revision) {}

    private final ObjectWriter writer;
    private final ObjectReader reader;

    public EntryCodec(ObjectMapper json) {
        this.writer = json.writerFor(Written.class);
        this.reader = json.readerFor(Written.class);
    }

    /**
     * Writes an entry.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_LENGTH}
     */
    public byte[] write(EntryBody entry) {
        List<WrittenPrecondition> preconditions =
                entry.preconditions().stream()
                        .map(p -> new WrittenPrecondition(p.slice(), p.key(), p.revision()))
                        .toList();
        Written written =
                new Written(
                        VERSION,
                        entry.actor().name(),
                        entry.actor().face(),
                        entry.host(),
                        entry.time().toEpochMilli(),
                        entry.changes().stream().map(EntryCodec::written).toList(),
                        preconditions.isEmpty() ? null : preconditions);
        byte[] bytes;
        try {
            bytes = writer.writeValueAsBytes(written);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON for an entry of " + entry.actor(), e);
        }
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "entry of " + bytes.length + " bytes, expected at most " + MAX_LENGTH);
        }
        return bytes;
    }

    /**
     * Reads an entry.
     *
     * @throws IOException if it is no entry, or of a version that this release does not know
     */
    public EntryBody read(byte[] bytes) throws IOException {
        Written written = given(reader.<@Nullable Written>readValue(bytes));
        if (written.version() != VERSION) {
            throw new IOException("entry of version " + written.version() + ", known: " + VERSION);
        }
        try {
            return body(written);
        } catch (IllegalArgumentException e) {
            throw new IOException("entry with a field that is not right", e);
        }
    }

    private static EntryBody body(Written written) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (WrittenChange change : given(written.changes())) {
            add(changes, change);
        }
        List<Precondition> preconditions = new ArrayList<>();
        if (written.preconditions() != null) {
            for (WrittenPrecondition p : written.preconditions()) {
                preconditions.add(
                        new Precondition(given(p.slice()), given(p.name()), p.revision()));
            }
        }
        return new EntryBody(
                new Actor(given(written.actor()), given(written.face())),
                given(written.host()),
                Instant.ofEpochMilli(written.time()),
                changes,
                preconditions);
    }

    private static WrittenChange written(Change change) {
        if (change instanceof Change.Put put) {
            return new WrittenChange("put", put.slice(), put.key(), put.value(), null, null);
        }
        if (change instanceof Change.Remove remove) {
            return new WrittenChange("del", remove.slice(), remove.key(), null, null, null);
        }
        if (change instanceof Change.Admit admit) {
            return new WrittenChange("admit", null, null, null, admit.member(), null);
        }
        if (change instanceof Change.Describe describe) {
            return new WrittenChange("describe", null, null, null, describe.member(), null);
        }
        Change.Expel expel = (Change.Expel) change;
        return new WrittenChange("expel", null, expel.host().value(), null, null, expel.link());
    }

    private static void add(List<Change> changes, WrittenChange change) throws IOException {
        switch (given(change.kind())) {
            case "put" ->
                    changes.add(
                            new Change.Put(
                                    given(change.slice()),
                                    given(change.name()),
                                    given(change.data())));
            case "del" ->
                    changes.add(new Change.Remove(given(change.slice()), given(change.name())));
            case "admit" -> changes.add(new Change.Admit(given(change.member())));
            case "describe" -> changes.add(new Change.Describe(given(change.member())));
            case "expel" ->
                    changes.add(
                            new Change.Expel(
                                    new HostId(given(change.name())),
                                    change.link() == null ? 0 : change.link()));
            default -> LOG.warn("Ignoring a change of unknown kind {}", change.kind());
        }
    }

    private static <T> T given(@Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("entry with a field missing");
        }
        return value;
    }
}

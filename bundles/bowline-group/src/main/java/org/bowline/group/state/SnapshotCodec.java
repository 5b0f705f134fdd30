package org.bowline.group.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.bowline.api.Actor;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * How a whole state stands on disks and on the wire, for ever: lines of JSON in UTF-8, written and
 * read as a stream.
 *
 * <pre>{@code
 * {"format":"bowline-state","v":1,"revision":7}
 * {"m":{"id":"aaaa…","key":"…","facts":{…},"link":1}}
 * {"o":"bbbb…","r":5}
 * {"s":"content","n":"disk.img","r":7,"a":"anna","f":"rest","h":"aaaa…","t":1790000000000,"d":"eyJ9"}
 * {"end":3,"sha256":"…"}
 * }</pre>
 *
 * After the first line: a member {@code m}; a host {@code o} that is out since revision {@code r};
 * or a value {@code d} (base64) of slice {@code s} and key {@code n}, committed as revision {@code
 * r} by actor {@code a} with face {@code f} on host {@code h} at {@code t}. The last line counts
 * the lines between and holds the SHA-256 of all bytes before it. Unknown fields and lines are
 * ignored.
 */
public final class SnapshotCodec {
    private static final String FORMAT = "bowline-state";
    private static final int VERSION = 1;
    private static final int MAX_LINE = 4 << 20;

    @JsonPropertyOrder({"format", "v", "revision"})
    private record Head(String format, @JsonProperty("v") int version, long revision) {}

    @JsonPropertyOrder({"m", "o", "s", "n", "r", "a", "f", "h", "t", "d", "end", "sha256"})
    private record Line(
            @JsonProperty("m") @Nullable Member member,
            @JsonProperty("o") @Nullable String out,
            @JsonProperty("s") @Nullable String slice,
            @JsonProperty("n") @Nullable String name,
            @JsonProperty("r") @Nullable Long revision,
            @JsonProperty("a") @Nullable String actor,
            @JsonProperty("f") @Nullable String face,
            @JsonProperty("h") @Nullable HostId host,
            @JsonProperty("t") @Nullable Long time,
            @JsonProperty("d") byte @Nullable [] data,
            @JsonProperty("end") @Nullable Integer end,
            @JsonProperty("sha256") @Nullable String sha256) {
        static Line of(Member member) {
            return new Line(
                    member, null, null, null, null, null, null, null, null, null, null, null);
        }

        static Line of(String out, long since) {
            return new Line(null, out, null, null, since, null, null, null, null, null, null, null);
        }

        static Line of(String slice, String key, Stored stored) {
            return new Line(
                    null,
                    null,
                    slice,
                    key,
                    stored.revision(),
                    stored.actor().name(),
                    stored.actor().face(),
                    stored.host(),
                    stored.time().toEpochMilli(),
                    stored.value(),
                    null,
                    null);
        }

        static Line end(int lines, String sha256) {
            return new Line(
                    null, null, null, null, null, null, null, null, null, null, lines, sha256);
        }
    }

    private final ObjectMapper json;

    public SnapshotCodec(ObjectMapper json) {
        this.json = json;
    }

    /** Writes the state; flushes and leaves the stream open. */
    public void write(State state, OutputStream out) throws IOException {
        Lines lines = new Lines(out);
        lines.add(new Head(FORMAT, VERSION, state.revision()));
        try {
            state.members().forEach((id, member) -> lines.addUnchecked(Line.of(member)));
            state.out().forEach((id, since) -> lines.addUnchecked(Line.of(id, since)));
            state.slices()
                    .forEach(
                            (slice, values) ->
                                    values.forEach(
                                            (key, stored) ->
                                                    lines.addUnchecked(
                                                            Line.of(slice, key, stored))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        lines.add(Line.end(lines.count - 1, lines.digest()));
        out.flush();
    }

    /**
     * Reads a state up to its last line, no byte more.
     *
     * @throws IOException if it is cut, damaged, or of a version that this release does not know
     */
    public State read(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] bytes = line(in);
        Head head = json.readValue(bytes, Head.class);
        if (!FORMAT.equals(head.format()) || head.version() != VERSION) {
            throw new IOException("no state that this release knows: version " + head.version());
        }
        State state = new State(head.revision(), Ordered.empty(), Ordered.empty(), Ordered.empty());
        for (int count = 0; ; count++) {
            digest.update(bytes);
            digest.update((byte) '\n');
            bytes = line(in);
            Line line = json.readValue(bytes, Line.class);
            if (line.end() != null) {
                String found = HexFormat.of().formatHex(digest.digest());
                if (line.end() != count || !found.equals(line.sha256())) {
                    throw new IOException("the state is damaged: its checksum differs");
                }
                return state;
            }
            state = with(state, line);
        }
    }

    private static State with(State state, Line line) throws IOException {
        if (line.member() != null) {
            String id = line.member().id().value();
            return new State(
                    state.revision(),
                    state.slices(),
                    state.members().put(id, line.member()),
                    state.out());
        }
        if (line.out() != null && line.revision() != null) {
            return new State(
                    state.revision(),
                    state.slices(),
                    state.members(),
                    state.out().put(line.out(), line.revision()));
        }
        if (line.slice() == null || line.name() == null) {
            return state;
        }
        Ordered<Stored> slice = state.slice(line.slice()).put(line.name(), stored(line));
        return new State(
                state.revision(),
                state.slices().put(line.slice(), slice),
                state.members(),
                state.out());
    }

    private static Stored stored(Line line) throws IOException {
        if (line.data() == null
                || line.revision() == null
                || line.actor() == null
                || line.face() == null
                || line.host() == null
                || line.time() == null) {
            throw new IOException("a value of slice " + line.slice() + " lacks a field");
        }
        return new Stored(
                line.data(),
                line.revision(),
                new Actor(line.actor(), line.face()),
                line.host(),
                Instant.ofEpochMilli(line.time()));
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the state is cut");
            }
            if (line.size() >= MAX_LINE) {
                throw new IOException("the state has a line of more than " + MAX_LINE + " bytes");
            }
            line.write(b);
        }
        return line.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Counts and hashes what it writes. */
    private final class Lines {
        private final OutputStream out;
        private final MessageDigest digest = sha256();
        private int count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(Object line) throws IOException {
            byte[] bytes = json.writeValueAsBytes(line);
            out.write(bytes);
            out.write('\n');
            digest.update(bytes);
            digest.update((byte) '\n');
            count++;
        }

        void addUnchecked(Line line) {
            try {
                add(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String digest() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}

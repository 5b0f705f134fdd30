package org.bowline.audit.heads;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the members said that their newest lines are: {@code heads.json}, such as {@code
 * {"v":1,"heads":{"<host id>":[{"number":7,"hash":"…","heard":"…","missed":false}]}}}. Those of up
 * to {@value #MOST_GONE} hosts that are no members any more stay, so that a host that comes back is
 * measured by what it said before. Those of this host are kept too: then a log that was rewritten
 * while the agent was down is found here as well. Safe for use by any thread; only {@link #load}
 * and {@link #save} wait, for the disk.
 */
public final class Heads {
    /** The key in presence; its value is such as {@code {"number":7,"hash":"…"}}. */
    public static final String KEY = "audit";

    private static final int MOST_GONE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(Heads.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path file;
    private final Object saving = new Object();
    private Map<HostId, List<Head>> heads = Map.of(); // guarded by this; never changed in place
    private boolean changed; // guarded by this

    record Stored(long number, String hash, String heard, boolean missed) {
        Stored {
            hash = Objects.requireNonNullElse(hash, "");
            heard = Objects.requireNonNullElse(heard, "");
        }
    }

    record Book(int v, Map<HostId, List<Stored>> heads) {
        Book {
            heads = Objects.requireNonNullElse(heads, Map.of());
        }
    }

    public Heads(Path directory) {
        file = directory.resolve("heads.json");
    }

    /** What a host says of its newest line, for presence. */
    public static byte[] said(long number, String hash) {
        return JSON.createObjectNode()
                .put("number", number)
                .put("hash", hash)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Remembers what is new in what the members say, and forgets who left long ago. */
    public synchronized void hear(Map<HostId, Said> said, Set<HostId> members, Instant now) {
        Map<HostId, List<Head>> next = new HashMap<>(heads);
        forget(next, members);
        for (HostId member : members) {
            Said words = said.get(member);
            byte[] value = words == null ? null : words.values().get(KEY);
            if (value != null) {
                read(value, now)
                        .ifPresent(
                                head ->
                                        next.put(
                                                member,
                                                HeadList.with(
                                                        next.getOrDefault(member, List.of()),
                                                        head)));
            }
        }
        replace(next);
    }

    private static void forget(Map<HostId, List<Head>> heads, Set<HostId> members) {
        heads.keySet().stream()
                .filter(host -> !members.contains(host))
                .sorted(
                        Comparator.comparing((HostId host) -> heard(heads.get(host)))
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                .skip(MOST_GONE)
                .toList()
                .forEach(heads::remove);
    }

    private static Instant heard(@Nullable List<Head> list) {
        return list == null
                ? Instant.MIN
                : list.stream().map(Head::heard).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    private void replace(Map<HostId, List<Head>> next) {
        if (!next.equals(heads)) {
            heads = next;
            changed = true;
        }
    }

    private static Optional<Head> read(byte[] value, Instant now) {
        try {
            JsonNode node = JSON.readTree(value);
            return Optional.of(
                    new Head(node.path("number").asLong(), node.path("hash").asText(), now, false));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // that member's log has no line yet, or it babbles
        }
    }

    /** What that host was heard to say, the oldest line first. */
    public synchronized List<Head> of(HostId host) {
        return heads.getOrDefault(host, List.of());
    }

    /** A check did not find these: they are kept from now on, so that the next one says it too. */
    public synchronized void missed(HostId host, Collection<Head> those) {
        if (those.isEmpty() || !heads.containsKey(host)) {
            return;
        }
        Map<HostId, List<Head>> next = new HashMap<>(heads);
        next.computeIfPresent(
                host,
                (id, all) ->
                        all.stream()
                                .map(head -> those.contains(head) ? head.asMissed() : head)
                                .toList());
        replace(next);
    }

    /** Reads what was saved; a file that cannot be read is left out. */
    public synchronized void load() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            Book book = JSON.readValue(Files.readAllBytes(file), Book.class);
            if (book == null) {
                throw new IOException("a file without a value");
            }
            Map<HostId, List<Head>> read = new HashMap<>();
            for (Map.Entry<HostId, List<Stored>> host : book.heads().entrySet()) {
                List<Head> list = new ArrayList<>();
                for (Stored one : host.getValue()) {
                    Instant heard = Instant.parse(one.heard());
                    list.add(new Head(one.number(), one.hash(), heard, one.missed()));
                }
                read.put(host.getKey(), List.copyOf(list));
            }
            heads = read;
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read; what others say of their logs is learned anew", file, e);
        }
    }

    /**
     * Saves what changed, as a whole or not at all.
     *
     * @throws IOException if the disk fails; the next call tries again
     */
    public void save() throws IOException {
        synchronized (saving) {
            Map<HostId, List<Head>> now;
            synchronized (this) {
                if (!changed) {
                    return;
                }
                now = heads;
                changed = false;
            }
            try {
                write(JSON.writeValueAsBytes(book(now)));
            } catch (IOException e) {
                synchronized (this) {
                    changed = true;
                }
                throw e;
            }
        }
    }

    private static Book book(Map<HostId, List<Head>> heads) {
        Map<HostId, List<Stored>> all = new TreeMap<>();
        heads.forEach(
                (host, list) ->
                        all.put(
                                host,
                                list.stream()
                                        .map(
                                                head ->
                                                        new Stored(
                                                                head.number(),
                                                                head.hash(),
                                                                head.heard().toString(),
                                                                head.missed()))
                                        .toList()));
        return new Book(1, all);
    }

    private void write(byte[] bytes) throws IOException {
        Path next = file.resolveSibling("heads.json.next");
        Files.deleteIfExists(next);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        options,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Aside.Item;
import org.bowline.api.group.Aside.What;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Takeover;
import org.bowline.group.state.State;
import org.bowline.group.state.Stored;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code group/aside/}: for each group that this host left with something that no
 * other host had, one file {@code <group>.json}, an {@link Aside} as JSON.
 */
final class AsideDisk {
    private static final Logger LOG = LoggerFactory.getLogger(AsideDisk.class);
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final ObjectMapper json;
    private @Nullable List<Aside> known; // guarded by this; null if it is to be read
    private final Set<Path> told = new HashSet<>(); // unreadable and logged; guarded by this

    AsideDisk(Path directory, ObjectMapper json) {
        this.directory = directory;
        this.json = json;
    }

    /** Sets aside what that state has beyond the revision, on the disk when this returns. */
    void keep(Current from, State state, long kept, Takeover successor) throws IOException {
        List<Item> items = beyond(state, kept);
        if (items.isEmpty()) {
            return;
        }
        Aside aside =
                new Aside(
                        from.group(),
                        from.group(),
                        from.generation(),
                        successor.group(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        items);
        write(aside);
        LOG.warn(
                "{} changes that this host alone held of group {} are set aside",
                items.size(),
                from.group());
    }

    private synchronized void write(Aside aside) throws IOException {
        known = null;
        Files.createDirectories(directory);
        GroupDisk.replace(directory.resolve(aside.id() + SUFFIX), json.writeValueAsBytes(aside));
    }

    private List<Item> beyond(State state, long kept) throws IOException {
        List<Item> items = new ArrayList<>();
        for (Member member : state.memberList()) {
            items.add(
                    host(
                            What.ADMITTED,
                            member.id().value(),
                            json.writeValueAsBytes(member),
                            member.link()));
        }
        state.out().forEach((id, since) -> items.add(host(What.EXPELLED, id, null, since)));
        state.slices()
                .forEach(
                        (slice, values) ->
                                values.forEach(
                                        (key, stored) -> items.add(item(slice, key, stored))));
        items.removeIf(item -> item.revision() <= kept || item.slice().equals(Voters.SLICE));
        items.sort(Comparator.comparingLong(Item::revision));
        return items;
    }

    private static Item host(What what, String id, byte @Nullable [] value, long revision) {
        return new Item(what, Precondition.MEMBERS, id, value, revision, null, null, null);
    }

    private static Item item(String slice, String key, Stored stored) {
        return new Item(
                What.PUT,
                slice,
                key,
                stored.value(),
                stored.revision(),
                stored.actor(),
                stored.host(),
                stored.time());
    }

    /**
     * All that was set aside, the newest first; what cannot be read is there without its items, so
     * that nobody takes it for gone. It is asked for several times a second, so the disk is read
     * only after something changed here.
     *
     * @throws UncheckedIOException if the directory cannot be read
     */
    synchronized List<Aside> all() {
        if (known != null) {
            return known;
        }
        List<Aside> all = new ArrayList<>();
        boolean whole = true;
        try {
            for (Path file : files()) {
                Aside aside = read(file);
                whole &= !aside.items().isEmpty();
                all.add(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
        all.sort(Comparator.comparing(Aside::time).thenComparing(Aside::generation).reversed());
        List<Aside> read = List.copyOf(all);
        known = whole ? read : null; // what could not be read may be readable the next time
        return read;
    }

    private Aside read(Path file) {
        String id = id(file);
        try {
            Aside aside = json.readValue(Files.readAllBytes(file), Aside.class);
            if (aside != null && aside.id().equals(id)) {
                told.remove(file);
                return aside;
            }
            tell(file, new IOException("it is not what was set aside as " + id));
        } catch (IOException e) {
            tell(file, e);
        }
        return new Aside(id, id, 0, "", Instant.EPOCH, List.of());
    }

    private void tell(Path file, Exception cause) {
        if (told.add(file)) {
            LOG.warn(
                    "{} cannot be read; its bytes and content stay until it is dropped",
                    file,
                    cause);
        }
    }

    private static String id(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(directory)) { // for certain; else listing it says why it cannot be
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(SUFFIX))
                    .filter(path -> Current.isId(id(path))) // another file is not ours
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Deletes one; no effect if it is gone. */
    synchronized void drop(String id) throws IOException {
        known = null;
        if (Current.isId(id)) {
            Files.deleteIfExists(directory.resolve(id + SUFFIX));
        }
    }
}

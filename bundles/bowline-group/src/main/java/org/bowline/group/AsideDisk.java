package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        Files.createDirectories(directory);
        GroupDisk.replace(directory.resolve(from.group() + SUFFIX), json.writeValueAsBytes(aside));
        LOG.warn(
                "{} changes that this host alone held of group {} are set aside",
                items.size(),
                from.group());
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

    /** All that was set aside, the newest first; what cannot be read is left out and logged. */
    List<Aside> all() {
        List<Aside> all = new ArrayList<>();
        for (Path file : files()) {
            try {
                all.add(json.readValue(Files.readAllBytes(file), Aside.class));
            } catch (IOException e) {
                LOG.warn("{} cannot be read and is not listed", file, e);
            }
        }
        all.sort(Comparator.comparing(Aside::time).thenComparing(Aside::generation).reversed());
        return all;
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(SUFFIX)).toList();
        } catch (IOException e) {
            LOG.warn("{} cannot be read", directory, e);
            return List.of();
        }
    }

    /** Deletes one; no effect if it is gone. */
    void drop(String id) throws IOException {
        if (Current.isId(id)) {
            Files.deleteIfExists(directory.resolve(id + SUFFIX));
        }
    }
}

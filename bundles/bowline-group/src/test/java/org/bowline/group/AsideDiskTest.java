package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.group.Aside;
import org.bowline.api.group.Change;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostFacts;
import org.bowline.group.state.EntryBody;
import org.bowline.group.state.Json;
import org.bowline.group.state.State;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideDiskTest {
    private final TestIdentity identity = new TestIdentity();
    @TempDir Path directory;

    private AsideDisk disk() {
        return new AsideDisk(directory.resolve("aside"), Json.mapper());
    }

    private Current keepOne(AsideDisk disk) throws IOException {
        Current from = Current.founded(new Member(identity.id(), identity.key(), facts(), 0));
        EntryBody entry =
                new EntryBody(
                        Actor.SYSTEM,
                        identity.id(),
                        Instant.EPOCH,
                        List.of(new Change.Put("notes", "alone", new byte[] {'1'})),
                        List.of());
        State state = State.EMPTY.apply(entry).orElseThrow();
        Takeover by =
                new Takeover(
                        Current.newId(),
                        2,
                        identity.id(),
                        List.of(new Takeover.Ancestor(from.group(), 1, 1)),
                        new byte[] {0});
        disk.keep(from, state, 0, by);
        return from;
    }

    private HostFacts facts() {
        return TestHost.linkable("a", directory).facts();
    }

    @Test
    void listsWhatIsKeptAndDroppedMeanwhile() throws IOException {
        AsideDisk disk = disk();
        assertThat(disk.all()).isEmpty();

        Current first = keepOne(disk);
        assertThat(disk.all()).extracting(Aside::id).containsExactly(first.group());
        Current second = keepOne(disk);
        assertThat(disk.all())
                .extracting(Aside::id)
                .containsExactlyInAnyOrder(first.group(), second.group());

        disk.drop(first.group());
        assertThat(disk.all()).extracting(Aside::id).containsExactly(second.group());
        assertThat(disk().all()).extracting(Aside::id).containsExactly(second.group());
    }

    @Test
    void readsTheDiskOnlyOnce() throws IOException {
        AsideDisk disk = disk();
        keepOne(disk);

        assertThat(disk.all()).isSameAs(disk.all());
    }

    @Test
    void whatCannotBeReadIsNotTakenForGone() throws IOException {
        AsideDisk disk = disk();
        Current kept = keepOne(disk);
        Path file = directory.resolve("aside").resolve(kept.group() + ".json");
        byte[] content = Files.readAllBytes(file);
        Files.writeString(file, "{");

        assertThat(disk.all()).extracting(Aside::id).containsExactly(kept.group());
        assertThat(disk.all().get(0).items()).isEmpty();
        Files.write(file, content);
        assertThat(disk.all().get(0).items()).isNotEmpty();

        Files.writeString(file, "null");
        disk.drop("aaaaaaaaaaaaaaaa"); // so that it reads again
        assertThat(disk.all()).extracting(Aside::id).containsExactly(kept.group());
        disk.drop(kept.group());
        assertThat(disk.all()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeReadIsNotTakenForAnEmptyOne() throws IOException {
        Files.writeString(directory.resolve("aside"), "a file in its place");

        assertThatThrownBy(() -> disk().all()).isInstanceOf(UncheckedIOException.class);
    }
}

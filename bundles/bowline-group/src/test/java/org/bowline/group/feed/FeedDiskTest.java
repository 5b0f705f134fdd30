package org.bowline.group.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.EntryBody;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Json;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedDiskTest {
    private static final HostId A = new HostId("a".repeat(26));

    @TempDir Path directory;
    private final EntryCodec entries = new EntryCodec(Json.mapper());
    private final SnapshotCodec snapshots = new SnapshotCodec(Json.mapper());

    private FeedDisk open() throws IOException {
        return FeedDisk.open(directory, entries, snapshots, State.EMPTY);
    }

    private byte[] entry(String key, int length) {
        return entries.write(
                new EntryBody(
                        Actor.SYSTEM,
                        A,
                        Instant.ofEpochMilli(1),
                        List.of(new Change.Put("notes", key, new byte[length])),
                        List.of()));
    }

    private void append(FeedDisk disk, String key, int length) throws IOException {
        byte[] entry = entry(key, length);
        disk.append(disk.state().apply(entries.read(entry)).orElseThrow(), entry);
    }

    private void fill(int count) throws IOException {
        try (FeedDisk disk = open()) {
            for (int i = 0; i < count; i++) {
                append(disk, "k" + i, 10);
            }
        }
    }

    @Test
    void goesOnWhereItEnded() throws IOException {
        fill(3);

        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isEqualTo(3);
            append(disk, "more", 10);
        }
        try (FeedDisk disk = open()) {
            assertThat(disk.state().slice("notes").size()).isEqualTo(4);
        }
    }

    @Test
    void cutsATornEndOffWhereverItTore() throws IOException {
        fill(2);
        byte[] log = Files.readAllBytes(directory.resolve("log"));
        int first = log.length / 2; // both entries have the same length

        for (int length = 0; length < log.length; length++) {
            Files.write(directory.resolve("log"), Arrays.copyOf(log, length));
            try (FeedDisk disk = open()) {
                assertThat(disk.state().revision()).isEqualTo(length < first ? 0 : 1);
            }
            assertThat(directory.resolve("log")).hasSize(length < first ? 0 : first);
        }
    }

    @Test
    void cutsOffWhatIsDamaged() throws IOException {
        fill(3);
        byte[] log = Files.readAllBytes(directory.resolve("log"));
        log[log.length - 5] ^= 1;
        Files.write(directory.resolve("log"), log);

        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isEqualTo(2);
            append(disk, "again", 10);
        }
        try (FeedDisk disk = open()) {
            assertThat(disk.state().slice("notes").get("again")).isNotNull();
        }
    }

    @Test
    void aDamagedSnapshotMakesItStartAfresh() throws IOException {
        try (FeedDisk disk = open()) {
            append(disk, "one", 10);
            disk.replace(disk.state());
        }
        Files.writeString(directory.resolve("snapshot"), "nonsense");

        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isZero();
        }
    }

    @Test
    void aLongLogBecomesASnapshot() throws IOException {
        try (FeedDisk disk = open()) {
            for (int i = 0; i < 8; i++) {
                append(disk, "k" + i, 200 << 10);
            }
            assertThat(Files.size(directory.resolve("log"))).isLessThan(1 << 20);
        }
        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isEqualTo(8);
        }
    }

    @Test
    void aCrashBetweenSnapshotAndEmptyLogDoesNoHarm() throws IOException {
        fill(3);
        byte[] log = Files.readAllBytes(directory.resolve("log"));
        try (FeedDisk disk = open()) {
            append(disk, "four", 10);
            disk.replace(disk.state());
        }
        Files.write(directory.resolve("log"), log);

        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isEqualTo(4);
            append(disk, "five", 10);
        }
        try (FeedDisk disk = open()) {
            assertThat(disk.state().revision()).isEqualTo(5);
        }
    }
}

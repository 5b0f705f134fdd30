package org.bowline.content.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.Disk;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Json;

/**
 * One upload's directory: {@code upload.json} says what it is ({@link Description}), {@code chunks}
 * lists the chunks that are safe (32 bytes SHA-256, 4 bytes length each), {@code tail-<n>} holds
 * the bytes after the last cut, valid while the chunks have n bytes in all.
 */
final class UploadFiles {
    private static final String TAIL = "tail-";

    private final Path directory;
    private final Path list;
    private final Path tmp;

    UploadFiles(DiskContentStore store, Path directory) {
        this.directory = directory;
        this.list = store.layout().uploadChunks(directory);
        this.tmp = store.tmp();
    }

    void create(Description description) throws IOException {
        Files.createDirectory(directory);
        Disk.replace(
                directory.resolve("upload.json"), tmp, Json.MAPPER.writeValueAsBytes(description));
    }

    /** Empty if it was not whole when the agent died. */
    Optional<Description> description() throws IOException {
        Path file = directory.resolve("upload.json");
        return Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(file.toFile(), Description.class))
                : Optional.empty();
    }

    /** The chunks that are safe; the caller closes them. */
    ChunkList chunks() throws IOException {
        return ChunkList.bare(list);
    }

    /** Notes more chunks; safe when it returns. */
    void append(List<Chunk> chunks) throws IOException {
        ByteBuffer entries = ByteBuffer.allocate(chunks.size() * Chunk.ENCODED);
        for (Chunk chunk : chunks) {
            entries.put(Sha256.bytes(chunk.digest())).putInt(chunk.length());
        }
        entries.flip();
        try (FileChannel file =
                FileChannel.open(list, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // What a crash left of a last entry is written over.
            file.position(file.size() / Chunk.ENCODED * Chunk.ENCODED);
            while (entries.hasRemaining()) {
                file.write(entries);
            }
            file.force(true);
        }
    }

    /** Replaces the bytes after the last cut; safe when it returns. */
    void tail(long cut, byte[] bytes) throws IOException {
        Path file = directory.resolve(TAIL + cut);
        Disk.replace(file, tmp, bytes);
        try (DirectoryStream<Path> tails = Files.newDirectoryStream(directory, TAIL + "*")) {
            for (Path old : tails) {
                if (!old.equals(file)) {
                    Files.delete(old);
                }
            }
        }
    }

    byte[] tail(long cut) throws IOException {
        Path file = directory.resolve(TAIL + cut);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    void delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

package org.bowline.group;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code group/}: {@code current}, which alone decides at start, and one directory
 * per group with {@code raft/} (a voter's log) or {@code feed/} (what a follower applied); {@code
 * aside/} belongs to no group.
 */
final class GroupDisk {
    private static final Logger LOG = LoggerFactory.getLogger(GroupDisk.class);

    private final Path directory;
    private final ObjectMapper json;

    GroupDisk(Path directory, ObjectMapper json) {
        this.directory = directory;
        this.json = json;
    }

    /** What {@code current} says; empty before the first start. */
    Optional<Current> read() throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("current");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), Current.class));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read; restore it or wipe the directory", e);
        }
    }

    /** Replaces {@code current}: whole and on the disk when this returns. */
    void write(Current current) throws IOException {
        replace(directory.resolve("current"), json.writeValueAsBytes(current));
    }

    /** Replaces a file: whole and on the disk when this returns. */
    static void replace(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try (FileChannel out =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** What was set aside, beside the groups. */
    AsideDisk aside() {
        return new AsideDisk(directory.resolve("aside"), json);
    }

    Path raft(String group) {
        return directory.resolve(group).resolve("raft");
    }

    Path feed(String group) {
        return directory.resolve(group).resolve("feed");
    }

    /** Deletes one part of a group's directory. */
    void delete(Path part) throws IOException {
        if (!Files.exists(part)) {
            return;
        }
        try (Stream<Path> all = Files.walk(part)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Deletes what belongs to other groups; what cannot be deleted stays for the next start. */
    void keepOnly(String group) {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> others =
                    all.filter(Files::isDirectory)
                            .filter(path -> path.getFileName().toString().matches("[a-z2-7]{16}"))
                            .filter(path -> !path.getFileName().toString().equals(group))
                            .toList();
            for (Path other : others) {
                delete(other);
            }
        } catch (IOException e) {
            LOG.warn("An old group's directory stays until the next start", e);
        }
    }
}

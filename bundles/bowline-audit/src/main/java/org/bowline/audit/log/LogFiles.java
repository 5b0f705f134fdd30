package org.bowline.audit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of the log, which its owner alone may enter, and its files {@code <number of the
 * first line, 16 digits>.jsonl}, which its owner alone may read.
 */
final class LogFiles {
    private static final Pattern NAME = Pattern.compile("[0-9]{16}\\.jsonl");

    private static final String RESERVE = "reserve";
    private static final int RESERVE_BYTES = 64 << 10;

    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Makes the directory if need be, and shuts it to others. */
    void prepare() throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, mode("rwx------"));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** All files, the oldest first. */
    List<Extent> list() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files =
                    all.filter(file -> NAME.matcher(name(file)).matches())
                            .sorted(Comparator.comparing(LogFiles::name))
                            .toList();
            List<Extent> found = new ArrayList<>();
            for (Path file : files) {
                found.add(
                        new Extent(
                                file,
                                Long.parseLong(name(file).substring(0, 16)),
                                Files.size(file)));
            }
            return found;
        } catch (UncheckedIOException e) {
            throw e.getCause(); // of a disk that fails while it is listed
        }
    }

    /** A new, empty file; safe when this returns. An empty one that is there already is taken. */
    Extent create(long first) throws IOException {
        Path file = directory.resolve(String.format(Locale.ROOT, "%016d.jsonl", first));
        if (!Files.exists(file) || Files.size(file) > 0) {
            Files.createFile(file, mode("rw-------"));
        }
        force();
        return new Extent(file, first, 0);
    }

    /**
     * Lays bytes by, for the one line that says that the disk is full.
     *
     * @throws IOException if there is no room for them; nothing is left of them
     */
    void reserve() throws IOException {
        Path file = directory.resolve(RESERVE);
        if (Files.exists(file)) {
            return;
        }
        byte[] bytes = new byte[RESERVE_BYTES];
        Arrays.fill(bytes, (byte) '.');
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        mode("rw-------"))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Gives the reserve's room free; whether there was one. */
    boolean release() throws IOException {
        boolean released = Files.deleteIfExists(directory.resolve(RESERVE));
        if (released) {
            force();
        }
        return released;
    }

    void delete(Extent extent) throws IOException {
        Files.deleteIfExists(extent.file());
        force();
    }

    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}

package org.bowline.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A directory that its owner alone may enter, with files that its owner alone may read. */
final class PrivateDirectory {
    private static final String DIRECTORY_MODE = "rwx------";
    private static final String FILE_MODE = "rw-------";

    private final Path path;

    private PrivateDirectory(Path path) {
        this.path = path;
    }

    /**
     * Opens it, made if need be.
     *
     * @throws IOException if others may enter it; the message names the fix
     */
    static PrivateDirectory open(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path, mode(DIRECTORY_MODE));
        }
        refuseOthers(path, DIRECTORY_MODE, "700");
        return new PrivateDirectory(path);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The bytes of that file; empty if there is none.
     *
     * @throws IOException if others may read it; the message names the fix
     */
    Optional<byte[]> read(String name) throws IOException {
        Path file = resolve(name);
        if (!has(name)) {
            return Optional.empty();
        }
        refuseOthers(file, FILE_MODE, "600");
        return Optional.of(Files.readAllBytes(file));
    }

    /** Replaces that file as a whole: after a crash the old or the new one stands there. */
    void write(String name, byte[] bytes) throws IOException {
        Path next = resolve(name + ".next");
        Files.deleteIfExists(next);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(next, options, mode(FILE_MODE))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                next,
                resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static void refuseOthers(Path path, String wanted, String octal) throws IOException {
        Set<PosixFilePermission> found =
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!PosixFilePermissions.fromString(wanted).containsAll(found)) {
            throw new IOException(
                    path
                            + " has mode "
                            + PosixFilePermissions.toString(found)
                            + ", which lets others in; the agent does not start until you run: chmod "
                            + octal
                            + " "
                            + path);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}

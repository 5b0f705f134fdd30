package org.bowline.rest.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A small file that its owner alone may read, replaced as a whole or not at all. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;

    public PrivateFile(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Its bytes; empty if there is none.
     *
     * @throws IOException if others may read it; the message names the fix
     */
    public Optional<byte[]> read() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> mode =
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!FILE.containsAll(mode)) {
            throw new IOException("others may read " + path + "; run: chmod 600 " + path);
        }
        return Optional.of(Files.readAllBytes(path));
    }

    /** Replaces it; after a crash the old or the new one stands there. */
    public void write(byte[] bytes) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        Path next = directory.resolve(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(next, options, PosixFilePermissions.asFileAttribute(FILE))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes it away. */
    public void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}

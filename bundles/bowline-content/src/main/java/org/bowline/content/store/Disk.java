package org.bowline.content.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes that are there as a whole or not at all. */
public final class Disk {
    private Disk() {}

    /** Waits until the file or directory is safe. */
    static void force(Path path) throws IOException {
        StandardOpenOption option =
                Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel file = FileChannel.open(path, option)) {
            file.force(true);
        }
    }

    /** Writes a new file into {@code tmp}; not forced. */
    static Path write(Path tmp, byte[] bytes, int off, int len) throws IOException {
        Path file = tmp.resolve(UUID.randomUUID().toString());
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.wrap(bytes, off, len);
            while (all.hasRemaining()) {
                out.write(all);
            }
            return file;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Replaces a small file, by way of {@code tmp} on the same disk; safe when it returns. */
    public static void replace(Path file, Path tmp, byte[] bytes) throws IOException {
        Path written = write(tmp, bytes, 0, bytes.length);
        force(written);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        force(directory(file));
    }

    /** Takes a file away; safe when it returns. */
    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            force(directory(file));
        }
    }

    static Path directory(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " lies in no directory");
        }
        return parent;
    }
}

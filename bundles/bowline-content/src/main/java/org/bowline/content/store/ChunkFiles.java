package org.bowline.content.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;

/** The chunks on disk, one file each. Safe for use by any thread; calls wait for the disk. */
public final class ChunkFiles {
    private final Layout layout;
    private final Capacity capacity;
    private final Gate gate;
    private final Set<Digest> unforced;

    /**
     * @param unforced chunks that a power cut may still take; safe for use by any thread
     */
    ChunkFiles(Layout layout, Capacity capacity, Gate gate, Set<Digest> unforced) {
        this.layout = layout;
        this.capacity = capacity;
        this.gate = gate;
        this.unforced = unforced;
    }

    /** Whether the chunk lies here now, with all of its bytes; a sweep may take it right after. */
    public boolean has(Chunk chunk) throws IOException {
        return sizeOf(layout.chunk(chunk.digest())) == chunk.length();
    }

    /**
     * Whether the chunk lies here, for a caller that counts on it: a sweep under way leaves it. For
     * later sweeps the caller has noted before that it needs it.
     *
     * @param batch takes it over where another writer has not made it safe yet: to be forced before
     *     the caller says that it has it
     */
    public boolean hold(Chunk chunk, Batch batch) throws IOException {
        return gate.store(
                chunk.digest(),
                () -> {
                    boolean here = has(chunk);
                    if (here && unforced.contains(chunk.digest())) {
                        batch.add(chunk);
                    }
                    return here;
                });
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).size();
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /**
     * Stores a chunk whose bytes the caller has hashed; one that is here already is only noted.
     *
     * @param batch keeps it until the caller has noted it elsewhere
     * @throws org.bowline.api.RefusedException {@code STORE_FULL}
     */
    public void put(Chunk chunk, byte[] bytes, int off, Batch batch) throws IOException {
        gate.store(
                chunk.digest(),
                () -> {
                    if (!has(chunk)) {
                        write(chunk, bytes, off);
                    }
                    batch.add(chunk);
                    return chunk;
                });
    }

    private void write(Chunk chunk, byte[] bytes, int off) throws IOException {
        capacity.take(chunk.length());
        boolean stored = false;
        try {
            Path file = layout.chunk(chunk.digest());
            long before = Math.max(0, sizeOf(file)); // a power cut may have left it short
            Path written = Disk.write(layout.tmp(), bytes, off, chunk.length());
            unforced.add(chunk.digest());
            move(written, file);
            capacity.giveBack(before);
            stored = true;
        } catch (IOException e) {
            long free = capacity.space().free();
            throw free < chunk.length() ? Capacity.full(chunk.length(), free) : e;
        } finally {
            if (!stored) {
                unforced.remove(chunk.digest());
                capacity.giveBack(chunk.length());
            }
        }
    }

    private static void move(Path written, Path file) throws IOException {
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) { // the first chunk of its directory
            Files.createDirectories(Disk.directory(file));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Opens a chunk for reading; empty if it is not here. The caller closes it. */
    public Optional<InputStream> open(Digest digest) throws IOException {
        return openFile(layout.chunk(digest));
    }

    static Optional<InputStream> openFile(Path file) throws IOException {
        try {
            return Optional.of(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

package org.bowline.content.store;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.chunk.Sha256;

/** The manifests on disk. Safe for use by any thread; calls wait for the disk. */
public final class Manifests {
    private final Layout layout;
    private final Capacity capacity;
    private final Gate gate;

    Manifests(Layout layout, Capacity capacity, Gate gate) {
        this.layout = layout;
        this.capacity = capacity;
        this.gate = gate;
    }

    private boolean has(Digest digest) {
        return Files.exists(layout.object(digest));
    }

    /**
     * Whether it is here, for a caller that counts on it and has noted that before: no sweep takes
     * it.
     */
    public boolean hold(Digest digest) throws IOException {
        return gate.store(digest, () -> has(digest));
    }

    /** Its bytes as they are; empty if it is not here. The caller closes them. */
    public Optional<InputStream> bytes(Digest digest) throws IOException {
        return ChunkFiles.openFile(layout.object(digest));
    }

    /** Opens one that must be here. The caller closes it. */
    public ChunkList.Opened open(Digest digest) throws IOException {
        return ChunkList.manifest(Files.newInputStream(layout.object(digest)));
    }

    /** Begins a manifest; the caller closes the draft, kept or not. */
    public Draft draft() throws IOException {
        return new Draft();
    }

    /** Writes down that something needs a manifest. */
    public interface Note {
        void note() throws IOException;
    }

    /** A manifest being written. Not safe for use by several threads. */
    public final class Draft implements Closeable {
        private final Path file = layout.tmp().resolve(UUID.randomUUID().toString());
        private final MessageDigest sha = Sha256.start();
        private final DataOutputStream out;
        private long length;

        private Draft() throws IOException {
            out =
                    new DataOutputStream(
                            new DigestOutputStream(
                                    new BufferedOutputStream(
                                            Files.newOutputStream(
                                                    file, StandardOpenOption.CREATE_NEW)),
                                    sha));
        }

        public void head(Manifest manifest) throws IOException {
            manifest.write(out);
            length += Manifest.HEAD;
        }

        public void chunk(Chunk chunk) throws IOException {
            out.write(Sha256.bytes(chunk.digest()));
            out.writeInt(chunk.length());
            length += Chunk.ENCODED;
        }

        /** Bytes of a manifest that came as a whole. */
        public void raw(byte[] bytes, int off, int len) throws IOException {
            out.write(bytes, off, len);
            length += len;
        }

        /** Ends it: what it holds names it. */
        public Digest end() throws IOException {
            out.close();
            return Sha256.named(sha.digest());
        }

        /**
         * Brings it to its place, safe on disk.
         *
         * @param digest as {@link #end} answered
         * @param note makes something need it: the sweeper does not come in between
         */
        public void keep(Digest digest, Note note) throws IOException {
            Disk.force(file);
            gate.store(
                    digest,
                    () -> {
                        Digest moved = moved(digest);
                        note.note();
                        return moved;
                    });
        }

        private Digest moved(Digest digest) throws IOException {
            Path place = layout.object(digest);
            if (!Files.exists(place)) {
                capacity.take(length);
            }
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            Disk.force(Disk.directory(place));
            return digest;
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(file);
        }
    }
}

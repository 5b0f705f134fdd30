package org.bowline.content.chunk;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a manifest's or an upload's chunks one after another. Not safe for several threads. */
public final class ChunkList implements Closeable {
    private static final int BUFFER = 64 << 10; // bytes

    private final DataInputStream in;
    private long left;

    private ChunkList(DataInputStream in, long left) {
        this.in = in;
        this.left = left;
    }

    /** A manifest behind its opened head. */
    public record Opened(Manifest manifest, ChunkList chunks) implements Closeable {
        @Override
        public void close() throws IOException {
            chunks.close();
        }
    }

    /** Opens a manifest; closing closes the stream. */
    public static Opened manifest(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
        try {
            Manifest manifest = Manifest.read(in);
            return new Opened(manifest, new ChunkList(in, manifest.chunks()));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Opens a bare list; no file is an empty list, half a chunk at its end is left out. */
    public static ChunkList bare(Path file) throws IOException {
        try {
            long chunks = Files.size(file) / Chunk.ENCODED;
            return new ChunkList(
                    new DataInputStream(
                            new BufferedInputStream(Files.newInputStream(file), BUFFER)),
                    chunks);
        } catch (NoSuchFileException e) {
            return new ChunkList(new DataInputStream(InputStream.nullInputStream()), 0);
        }
    }

    /** The next chunk; empty at the end. */
    public Optional<Chunk> next() throws IOException {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        byte[] hash = new byte[Sha256.LENGTH];
        in.readFully(hash);
        int length = in.readInt();
        try {
            return Optional.of(new Chunk(Sha256.named(hash), length));
        } catch (IllegalArgumentException e) {
            throw new IOException("list with an impossible chunk", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

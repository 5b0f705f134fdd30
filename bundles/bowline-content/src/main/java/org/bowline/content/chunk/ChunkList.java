package org.bowline.content.chunk;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a manifest's or an upload's chunks one after another. Not safe for several threads.
 *
 * <p>A manifest comes from other hosts: one whose chunks were not cut as its head says is refused
 * with {@link MalformedException} where that shows, so that nobody is made to count, to ask for and
 * to store millions of tiny chunks.
 */
public final class ChunkList implements Closeable {
    private static final int BUFFER = 64 << 10; // bytes

    private final DataInputStream in;
    private final int shortest; // bytes of each chunk but the last
    private final int longest;
    private long left;

    private ChunkList(DataInputStream in, int shortest, int longest, long left) {
        this.in = in;
        this.shortest = shortest;
        this.longest = longest;
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
            Cutting cutting = manifest.cutting();
            return new Opened(
                    manifest, new ChunkList(in, cutting.min(), cutting.max(), manifest.chunks()));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Opens a bare list; no file is an empty list, half a chunk at its end is left out. */
    public static ChunkList bare(Path file) throws IOException {
        try {
            long chunks = Files.size(file) / Chunk.ENCODED;
            return bare(new BufferedInputStream(Files.newInputStream(file), BUFFER), chunks);
        } catch (NoSuchFileException e) {
            return bare(InputStream.nullInputStream(), 0);
        }
    }

    private static ChunkList bare(InputStream stream, long chunks) {
        return new ChunkList(new DataInputStream(stream), 1, Cutting.MAX_CHUNK, chunks);
    }

    /** The next chunk; empty at the end. */
    public Optional<Chunk> next() throws IOException {
        if (left == 0) {
            return Optional.empty();
        }
        left--;
        byte[] hash = new byte[Sha256.LENGTH];
        int length;
        try {
            in.readFully(hash);
            length = in.readInt();
        } catch (EOFException e) {
            throw new MalformedException("list that ends early", e);
        }
        if (length < 1 || length > longest || left > 0 && length < shortest) {
            throw new MalformedException("list with a chunk of " + length + " bytes");
        }
        return Optional.of(new Chunk(Sha256.named(hash), length));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bowline.api.content.Digest;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;

/**
 * Frees what nothing needs: marks all that references, fetches, uploads and batches name, then
 * takes away the rest. May be broken off anywhere and begun again. One thread at a time.
 */
final class Sweeper {
    private final Layout layout;
    private final Capacity capacity;
    private final Gate gate;
    private final Set<Digest> unforced;
    private final Roots roots;

    /** Everything that must stay. */
    interface Roots {
        /** Chunks of what is not whole. Asked first: what becomes whole meanwhile is seen below. */
        void chunks(ChunkVisitor visitor) throws IOException;

        /** Digests of the manifests that must stay, with their chunks. */
        List<Digest> manifests();
    }

    /** Told of each chunk that must stay. */
    interface ChunkVisitor {
        void visit(Chunk chunk) throws IOException;
    }

    /**
     * @param unforced forgets what is taken away
     */
    Sweeper(Layout layout, Capacity capacity, Gate gate, Set<Digest> unforced, Roots roots) {
        this.layout = layout;
        this.capacity = capacity;
        this.gate = gate;
        this.unforced = unforced;
        this.roots = roots;
    }

    /** Answers the bytes that came free. */
    long sweep() throws IOException {
        gate.sweeping(true);
        try {
            Marks chunks = new Marks();
            Marks objects = new Marks();
            mark(chunks, objects);
            return sweepChunks(chunks)
                    + gate.alone(() -> sweepDirectory(layout.objects(), objects));
        } finally {
            gate.sweeping(false);
        }
    }

    private void mark(Marks chunks, Marks objects) throws IOException {
        roots.chunks(chunk -> chunks.add(Marks.shorten(chunk.digest().hex())));
        for (Digest manifest : roots.manifests()) {
            objects.add(Marks.shorten(manifest.hex()));
            if (Files.exists(layout.object(manifest))) {
                try (ChunkList.Opened opened =
                        ChunkList.manifest(Files.newInputStream(layout.object(manifest)))) {
                    markAll(opened.chunks(), chunks);
                }
            }
        }
    }

    private static void markAll(ChunkList list, Marks marks) throws IOException {
        for (var chunk = list.next(); chunk.isPresent(); chunk = list.next()) {
            marks.add(Marks.shorten(chunk.get().digest().hex()));
        }
    }

    private long sweepChunks(Marks marks) throws IOException {
        long freed = 0;
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(layout.chunks())) {
            for (Path directory : directories) {
                freed += gate.alone(() -> sweepDirectory(directory, marks));
            }
        }
        return freed;
    }

    private long sweepDirectory(Path directory, Marks marks) throws IOException {
        long freed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                long mark = Marks.shorten(name);
                if (!marks.contains(mark) && !gate.isFresh(mark)) {
                    long size = Files.size(file);
                    Files.delete(file);
                    unforced.remove(new Digest(Digest.PREFIX + name));
                    capacity.giveBack(size);
                    freed += size;
                }
            }
        }
        return freed;
    }
}

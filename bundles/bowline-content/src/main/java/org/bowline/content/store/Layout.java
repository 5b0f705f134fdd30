package org.bowline.content.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bowline.api.content.Digest;

/**
 * Where things lie in the store's directory.
 *
 * <pre>
 * chunks/ab/&lt;hex&gt;     one chunk, named by its SHA-256
 * objects/&lt;hex&gt;       one manifest, named by its SHA-256
 * refs/&lt;hex&gt;          one content that is whole here (JSON, see {@link Ref})
 * fetches/&lt;hex&gt;       one content on its way (JSON, the catalog's item)
 * uploads/&lt;id&gt;/       one upload under way: upload.json, chunks (a bare list of those that are
 *                     safe), tail-&lt;n&gt; (what follows their n bytes)
 * usage                bytes taken, in decimal; only there while the store is not open
 * tmp/                 what is being written; emptied at start
 * </pre>
 *
 * <p>A file comes to its place by an atomic rename only. What a reference needs is on disk before
 * the reference is; what no reference, fetch or upload needs is swept.
 */
public record Layout(Path root) {
    Path chunks() {
        return root.resolve("chunks");
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path refs() {
        return root.resolve("refs");
    }

    Path fetches() {
        return root.resolve("fetches");
    }

    /** Each upload has a directory here. */
    public Path uploads() {
        return root.resolve("uploads");
    }

    /** The list of an upload's chunks. */
    public Path uploadChunks(Path upload) {
        return upload.resolve("chunks");
    }

    Path tmp() {
        return root.resolve("tmp");
    }

    Path chunk(Digest digest) {
        return chunks().resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    Path object(Digest digest) {
        return objects().resolve(digest.hex());
    }

    /** Makes the directories and drops what was being written. */
    void prepare() throws IOException {
        for (Path directory : List.of(chunks(), objects(), refs(), fetches(), uploads(), tmp())) {
            Files.createDirectories(directory);
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(tmp())) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    /** What a clean stop noted; it counts once. */
    Optional<Long> takeUsage() throws IOException {
        Path file = root.resolve("usage");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String noted = Files.readString(file);
        Disk.delete(file);
        try {
            return Optional.of(Long.parseLong(noted));
        } catch (NumberFormatException e) {
            return Optional.empty(); // counted instead
        }
    }

    /** Spares the next start the count. */
    void noteUsage(long bytes) throws IOException {
        byte[] text = Long.toString(bytes).getBytes(StandardCharsets.US_ASCII);
        Disk.replace(root.resolve("usage"), tmp(), text);
    }
}

package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}

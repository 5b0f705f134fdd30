package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bowline.api.content.Digest;

/**
 * Where things lie in the store's directory.
 *
 * <pre>
 * chunks/ab/&lt;hex&gt;     one chunk, named by its SHA-256
 * objects/ab/&lt;hex&gt;    one manifest, named by its SHA-256
 * refs/&lt;hex&gt;          one content that is whole here (JSON, see {@link Ref})
 * fetches/&lt;hex&gt;       one content on its way (JSON, the catalog's item)
 * uploads/&lt;id&gt;/       one upload under way
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

    Path tmp() {
        return root.resolve("tmp");
    }

    Path chunk(Digest digest) {
        return fanned(chunks(), digest);
    }

    Path object(Digest digest) {
        return fanned(objects(), digest);
    }

    private static Path fanned(Path root, Digest digest) {
        return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    /** Makes all directories, so that no writer has to, and drops what was being written. */
    void prepare() throws IOException {
        for (Path directory : new Path[] {refs(), fetches(), uploads(), tmp()}) {
            Files.createDirectories(directory);
        }
        for (int i = 0; i < 256; i++) {
            Files.createDirectories(chunks().resolve(String.format("%02x", i)));
            Files.createDirectories(objects().resolve(String.format("%02x", i)));
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(tmp())) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }
}

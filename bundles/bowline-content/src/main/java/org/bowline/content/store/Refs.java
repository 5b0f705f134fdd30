package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.api.content.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small JSON files by digest, held in memory too. Reads never wait; writes are safe on return. */
public final class Refs<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refs.class);

    private final Path directory;
    private final Path tmp;
    private final Map<Digest, T> all = new ConcurrentHashMap<>();

    Refs(Path directory, Path tmp, Class<T> type) throws IOException {
        this.directory = directory;
        this.tmp = tmp;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                load(file, type);
            }
        }
    }

    private void load(Path file, Class<T> type) {
        try {
            Digest digest = new Digest(Digest.PREFIX + file.getFileName());
            all.put(digest, Json.MAPPER.readValue(file.toFile(), type));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("{} cannot be read: its content is not known any more", file, e);
        }
    }

    /** A copy of all. */
    public Map<Digest, T> all() {
        return Map.copyOf(all);
    }

    public Optional<T> get(Digest digest) {
        return Optional.ofNullable(all.get(digest));
    }

    public synchronized void put(Digest digest, T value) throws IOException {
        Disk.replace(file(digest), tmp, Json.MAPPER.writeValueAsBytes(value));
        all.put(digest, value);
    }

    public synchronized void remove(Digest digest) throws IOException {
        all.remove(digest);
        Disk.delete(file(digest));
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.hex());
    }
}

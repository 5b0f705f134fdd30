package org.bowline.pairing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The goodbyes that nobody has acknowledged yet, in {@code pairing/goodbyes.json}: fsynced before a
 * change returns. Safe for use by any thread.
 */
final class Goodbyes {
    private static final Logger LOG = LoggerFactory.getLogger(Goodbyes.class);
    private static final ObjectMapper JSON = Words.JSON;

    private final Path file;
    private List<Goodbye> open; // guarded by this

    Goodbyes(Path directory) {
        this.file = directory.resolve("goodbyes.json");
        this.open = read(file);
    }

    synchronized List<Goodbye> open() {
        return List.copyOf(open);
    }

    synchronized void add(Goodbye goodbye) throws IOException {
        if (!open.contains(goodbye)) {
            List<Goodbye> next = new ArrayList<>(open);
            next.add(goodbye);
            write(next);
        }
    }

    synchronized void remove(Goodbye goodbye) throws IOException {
        List<Goodbye> next = new ArrayList<>(open);
        if (next.remove(goodbye)) {
            write(next);
        }
    }

    private void write(List<Goodbye> next) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("goodbyes.json.new");
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(next));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.getParent())) {
            directory.force(true);
        }
        open = next;
    }

    private static List<Goodbye> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
        } catch (IOException e) {
            LOG.warn("{} cannot be read; hosts left before may not learn of it", file, e);
            return List.of();
        }
    }
}

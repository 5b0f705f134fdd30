package org.bowline.content.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a crash left in the store, some 10 µs per chunk. */
final class UsageCount implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageCount.class);

    private final Layout layout;
    private final Capacity capacity;
    private volatile boolean stopped;

    UsageCount(Layout layout, Capacity capacity) {
        this.layout = layout;
        this.capacity = capacity;
    }

    /** Ends it soon. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            for (Path root : List.of(layout.chunks(), layout.objects())) {
                count(root);
            }
            capacity.counted();
        } catch (DirectoryIteratorException e) {
            failed(e.getCause());
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException cause) {
        capacity.uncountable(cause);
        if (!stopped) {
            LOG.error("The store takes nothing: what it holds cannot be counted", cause);
        }
    }

    private void count(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (stopped) {
                    throw new IOException("the agent ends");
                }
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                if (is.isDirectory()) {
                    count(file);
                } else {
                    capacity.found(is.size());
                }
            }
        }
    }
}

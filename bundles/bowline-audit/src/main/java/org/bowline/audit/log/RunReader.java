package org.bowline.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.bowline.audit.log.TimeIndex.Run;
import org.jspecify.annotations.Nullable;

/** Reads one run backward, from the newest line that is older than a time. Opened when needed. */
final class RunReader implements Closeable {
    private final Extent extent;
    private final Run run;
    private final long before;
    private @Nullable FileChannel file;
    private @Nullable BackwardReader lines;
    private PageReader.@Nullable Found next;

    /**
     * Reads nothing yet.
     *
     * @param before time in ms
     */
    RunReader(Extent extent, Run run, long before) {
        this.extent = extent;
        this.run = run;
        this.before = before;
    }

    boolean isOpen() {
        return file != null;
    }

    /** The time of the next line, or one that is not older before the first was read. */
    long newest() {
        return next == null
                ? Math.min(run.newest(), before)
                : next.line().said().time().toEpochMilli();
    }

    /** Where this run stands among all of them. */
    long place() {
        return extent.first() + run.start();
    }

    void open() throws IOException {
        FileChannel opened = FileChannel.open(extent.file(), StandardOpenOption.READ);
        file = opened;
        lines = new BackwardReader(opened, run.start(), cut(opened));
        next = read();
    }

    boolean hasNext() {
        return next != null;
    }

    PageReader.Found next() throws IOException {
        PageReader.Found given = next;
        if (given == null) {
            throw new IllegalStateException("nothing is left of this run");
        }
        next = read();
        return given;
    }

    /** Where the lines end that are older, by halves. */
    private long cut(FileChannel from) throws IOException {
        long low = run.start();
        long high = run.end();
        if (run.newest() < before) {
            return high;
        }
        while (low < high) {
            long middle = low + (high - low) / 2 + 1;
            BackwardReader back = new BackwardReader(from, low, middle);
            byte[] part = back.previous();
            long start = part == null ? low : back.position();
            try (LineReader forward = new LineReader(extent, start)) {
                byte[] line = forward.next();
                long end = forward.position();
                if (line != null && TimeIndex.time(line).orElse(before) < before) {
                    low = Math.min(end, high);
                } else {
                    high = start;
                }
            }
        }
        return low;
    }

    private PageReader.@Nullable Found read() throws IOException {
        BackwardReader from = lines;
        if (from == null) {
            return null;
        }
        for (byte[] raw = from.previous(); raw != null; raw = from.previous()) {
            PageReader.Found found = PageReader.parse(raw);
            if (found != null && found.line().said().time().toEpochMilli() < before) {
                return found;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}

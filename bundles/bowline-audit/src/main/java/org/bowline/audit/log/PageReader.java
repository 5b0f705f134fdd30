package org.bowline.audit.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bowline.audit.log.TimeIndex.Run;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest lines from the end, without reading the rest. The newest is the one of the
 * latest time, also where the clock was set back on the way: else a reader that goes on by time
 * would never see some of them. Safe for use by any thread.
 */
public final class PageReader {
    /** Bytes of the lines of a page, which ends early when they are reached. */
    public static final int MOST_BYTES = 1 << 20;

    private final Map<Path, TimeIndex> indexes = new ConcurrentHashMap<>();

    /**
     * A line and what it says.
     *
     * @param raw as it stands in the file, without its line feed
     * @param line what it says
     */
    public record Found(byte[] raw, Line line) {}

    /**
     * Lines, the newest first.
     *
     * @param more whether there are older ones
     * @param cut whether it ended early because of {@link #MOST_BYTES}
     */
    public record Page(List<Found> lines, boolean more, boolean cut) {}

    /**
     * Reads lines; those that are none are left out.
     *
     * @param before only lines of an earlier time, in ms
     * @param after only lines of this time or later, in ms
     */
    public Page read(List<Extent> extents, int most, long before, long after) throws IOException {
        indexes.keySet().retainAll(extents.stream().map(Extent::file).collect(Collectors.toSet()));
        PriorityQueue<RunReader> runs =
                new PriorityQueue<>(
                        Comparator.comparingLong(RunReader::newest)
                                .thenComparingLong(RunReader::place)
                                .reversed());
        List<RunReader> all = new ArrayList<>();
        try {
            for (Extent extent : extents) {
                addRuns(extent, before, all);
            }
            runs.addAll(all);
            return collect(runs, most, after);
        } finally {
            for (RunReader run : all) {
                run.close();
            }
        }
    }

    private void addRuns(Extent extent, long before, List<RunReader> to) throws IOException {
        try {
            TimeIndex index = indexes.computeIfAbsent(extent.file(), file -> new TimeIndex());
            for (Run run : index.of(extent)) {
                if (run.oldest() < before) {
                    to.add(new RunReader(extent, run, before));
                }
            }
        } catch (NoSuchFileException e) {
            indexes.remove(extent.file()); // the oldest was dropped a moment ago
        }
    }

    private static Page collect(PriorityQueue<RunReader> runs, int most, long after)
            throws IOException {
        List<Found> lines = new ArrayList<>();
        long bytes = 0;
        for (RunReader run = runs.poll(); run != null; run = runs.poll()) {
            if (!run.isOpen()) {
                run.open();
            } else if (lines.size() == most || run.newest() < after) {
                return new Page(lines, true, false);
            } else if (bytes > MOST_BYTES - LineCodec.LONGEST) {
                return new Page(lines, true, true);
            } else {
                Found found = run.next();
                lines.add(found);
                bytes += found.raw().length;
            }
            if (run.hasNext()) {
                runs.add(run);
            }
        }
        return new Page(lines, false, false);
    }

    /** What that line says; null if it is none. */
    static @Nullable Found parse(byte[] raw) {
        try {
            return new Found(raw, LineCodec.read(raw));
        } catch (IOException e) {
            return null; // verify names it
        }
    }
}

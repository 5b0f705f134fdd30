package org.bowline.audit.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads the log of this host. Safe for use by any thread; calls wait for the disk. */
public final class LogReading {
    private final ChainLog log;
    private final PageReader pages = new PageReader();

    public LogReading(ChainLog log) {
        this.log = log;
    }

    /**
     * The newest lines.
     *
     * @param before only lines of an earlier time, in ms
     * @param after only lines of this time or later, in ms
     */
    public PageReader.Page page(int most, long before, long after) throws IOException {
        return pages.read(log.extents(), most, before, after);
    }

    /** All files as they are now, the oldest first. */
    public List<Extent> extents() throws IOException {
        return log.extents();
    }

    /** Hands every line to that check. */
    public void check(ChainCheck check) throws IOException {
        for (Extent extent : log.extents()) {
            try (LineReader lines = new LineReader(extent)) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    check.line(line);
                }
            } catch (NoSuchFileException e) {
                continue; // dropped a moment ago, or a fault that the next line shows
            }
        }
    }
}

package org.bowline.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
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

    /** Takes lines as they stand in the file, without their line feeds. */
    public interface Taker {
        void take(byte[] line) throws IOException;
    }

    /** Hands over every line, the oldest first; holds one block in memory per file. */
    public void all(Taker taker) throws IOException {
        List<LineReader> files = open();
        try {
            for (LineReader lines : files) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    taker.take(line);
                }
            }
        } finally {
            close(files);
        }
    }

    /** Opens all files at once, so that none is dropped while the ones before it are read. */
    private List<LineReader> open() throws IOException {
        while (true) {
            List<Extent> extents = log.extents();
            List<LineReader> files = new ArrayList<>();
            try {
                for (Extent extent : extents) {
                    if (Files.exists(extent.file())) {
                        files.add(new LineReader(extent));
                    }
                }
            } catch (NoSuchFileException e) {
                close(files); // dropped just now
                continue;
            } catch (IOException e) {
                close(files);
                throw e;
            }
            boolean same = log.extents().get(0).file().equals(extents.get(0).file());
            if (files.size() == extents.size() || same) {
                return files; // what is missing now was taken away by somebody else
            }
            close(files);
        }
    }

    private static void close(List<LineReader> files) throws IOException {
        for (LineReader file : files) {
            file.close();
        }
    }
}

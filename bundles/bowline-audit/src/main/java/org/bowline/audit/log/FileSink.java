package org.bowline.audit.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes to a file, each time down to the disk. Not by a FileChannel: the first interrupted thread
 * would close that for all.
 */
final class FileSink implements Sink {
    private final Path path;
    private final RandomAccessFile file;
    private long end;

    private FileSink(Path path, RandomAccessFile file, long end) {
        this.path = path;
        this.file = file;
        this.end = end;
    }

    /** Opens a file; what is behind its length is cut off. */
    static FileSink open(Extent extent) throws IOException {
        if (found(extent.file()) < extent.length()) {
            throw foreign(extent.file(), extent.length());
        }
        RandomAccessFile file = new RandomAccessFile(extent.file().toFile(), "rw");
        try {
            if (file.length() > extent.length()) {
                file.setLength(extent.length());
                file.getFD().sync();
            }
            return new FileSink(extent.file(), file, extent.length());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        if (found(path) != end) {
            throw foreign(path, end);
        }
        file.seek(end);
        file.write(bytes);
        file.getFD().sync();
        end += bytes.length;
    }

    private static long found(Path path) throws IOException {
        return Files.exists(path) ? Files.size(path) : -1;
    }

    private static ForeignException foreign(Path path, long left) throws IOException {
        long found = found(path);
        return new ForeignException(
                path.getFileName()
                        + (found < 0
                                ? " was deleted"
                                : " has " + found + " bytes, it was left with " + left));
    }

    @Override
    public long length() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package org.bowline.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Where a log goes on.
 *
 * @param number of its last line; 0 if there is none
 * @param hash of its last line
 * @param time of its last line, in ms; 0 if it cannot be told
 * @param torn bytes at the end of the newest file that are no finished line
 */
record Tail(long number, String hash, long time, long torn) {
    static final Tail EMPTY = new Tail(0, LineCodec.NO_LINE, 0, 0);

    /**
     * Finds the last line. A finished line that cannot be read counts, and stays: no crash leaves
     * one, so verify shall find it.
     *
     * @param files the oldest first
     */
    static Tail of(List<Extent> files) throws IOException {
        if (files.isEmpty()) {
            return EMPTY;
        }
        long torn = torn(files.get(files.size() - 1));
        String hash = LineCodec.NO_LINE;
        long unread = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            Extent file = files.get(i);
            long end = i == files.size() - 1 ? file.length() - torn : file.length();
            try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
                BackwardReader lines = new BackwardReader(channel, 0, end);
                for (byte[] raw = lines.previous(); raw != null; raw = lines.previous()) {
                    hash = hash.equals(LineCodec.NO_LINE) ? LineCodec.hash(raw) : hash;
                    PageReader.Found found = PageReader.parse(raw);
                    if (found != null) {
                        return found(found.line(), hash, unread, torn);
                    }
                    unread++;
                }
            }
        }
        return new Tail(files.get(0).first() - 1 + unread, hash, 0, torn);
    }

    private static Tail found(Line line, String hash, long unread, long torn) {
        return new Tail(
                line.said().number() + unread, hash, line.said().time().toEpochMilli(), torn);
    }

    private static long torn(Extent file) throws IOException {
        long end = file.length();
        ByteBuffer block = ByteBuffer.allocate(LineCodec.LONGEST);
        try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
            while (end > 0) {
                long begin = Math.max(0, end - block.capacity());
                block.clear().limit((int) (end - begin));
                while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
                    // as often as it takes
                }
                for (int i = block.position(); i > 0; i--) {
                    if (block.get(i - 1) == '\n') {
                        return file.length() - begin - i;
                    }
                }
                end = begin;
            }
        }
        return file.length();
    }
}

package org.bowline.audit.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a part of a file backward, line by line, in blocks. Does not own the file. */
final class BackwardReader {
    private static final int BLOCK = LineCodec.LONGEST;
    private static final byte FEED = '\n';

    private final FileChannel file;
    private final long start;
    private byte[] block = {};
    private int left; // bytes of the block that are still to be given
    private long at; // where the block begins in the file

    BackwardReader(FileChannel file, long start, long end) {
        this.file = file;
        this.start = start;
        at = end;
    }

    /** The line before, without its line feed; null at the start. */
    byte @Nullable [] previous() throws IOException {
        while (true) {
            int stop = left > 0 && block[left - 1] == FEED ? left - 1 : left;
            int from = stop;
            while (from > 0 && block[from - 1] != FEED) {
                from--;
            }
            boolean whole = from > 0 || at == start || left == BLOCK; // or too long for any line
            if (left > 0 && whole) {
                left = from;
                return Arrays.copyOfRange(block, from, stop);
            }
            if (at == start) {
                return null;
            }
            load();
        }
    }

    /** Where the line begins that was given last. */
    long position() {
        return at + left;
    }

    private void load() throws IOException {
        long end = at + left;
        long begin = Math.max(start, end - BLOCK);
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - begin));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, begin + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        block = bytes.array();
        left = block.length;
        at = begin;
    }
}

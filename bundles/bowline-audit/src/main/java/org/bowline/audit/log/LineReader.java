package org.bowline.audit.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file forward, line by line. Of a line that is longer than {@link LineCodec#LONGEST} only
 * the beginning is given; a last one without its line feed counts as a line.
 */
public final class LineReader implements Closeable {
    private static final byte FEED = '\n';

    private final FileChannel file;
    private final long end;
    private final ByteBuffer block = ByteBuffer.allocate(64 << 10).limit(0);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long read; // bytes of the file that went into the block
    private boolean feed;

    /** Reads what is part of the log. */
    public LineReader(Extent extent) throws IOException {
        this(extent, 0);
    }

    LineReader(Extent extent, long from) throws IOException {
        file = FileChannel.open(extent.file(), StandardOpenOption.READ);
        end = extent.length();
        read = from;
    }

    /** The next line without its line feed; null at the end. */
    public byte @Nullable [] next() throws IOException {
        line.reset();
        feed = false;
        boolean any = false;
        while (block.hasRemaining() || fill()) {
            any = true;
            int from = block.position();
            int to = from;
            while (to < block.limit() && block.get(to) != FEED) {
                to++;
            }
            int room = LineCodec.LONGEST - line.size();
            line.write(block.array(), from, Math.min(room, to - from));
            feed = to < block.limit();
            block.position(feed ? to + 1 : to);
            if (feed) {
                break;
            }
        }
        return any ? line.toByteArray() : null;
    }

    /** Where the next line begins. */
    long position() {
        return read - block.remaining();
    }

    /** Whether the line that was given last had a line feed. */
    boolean finished() {
        return feed;
    }

    private boolean fill() throws IOException {
        block.clear().limit((int) Math.min(block.capacity(), end - read));
        int n = block.hasRemaining() ? file.read(block, read) : 0;
        block.flip();
        read += Math.max(0, n);
        return n > 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

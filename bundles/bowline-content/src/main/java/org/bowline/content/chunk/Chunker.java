package org.bowline.content.chunk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream that may come in several parts. Holds at most 4 MiB; whatever the parts, the cuts
 * are the same. Not safe for use by several threads at once.
 */
public final class Chunker {
    private static final int BUFFER = 4 << 20; // bytes
    private static final int READ = 256 << 10; // bytes; what is read is hashed while it is in cache

    /** Takes what the chunker finds. The bytes are only valid during the call. */
    public interface Sink {
        /** Bytes as they came in, in order. */
        void read(byte[] bytes, int off, int len) throws IOException;

        /** One whole chunk. */
        void chunk(byte[] bytes, int off, int len) throws IOException;
    }

    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Cutting cutting; // chosen at the first cut
    private int start;
    private int end;

    /** Begins a content; its first bytes decide how it is cut. */
    public Chunker() {}

    /** Goes on with a content that is cut already. */
    public Chunker(Cutting cutting) {
        this.cutting = cutting;
    }

    /** How it cuts. */
    public Cutting cutting() {
        Cutting known = cutting;
        if (known == null) {
            int length = Math.min(end - start, Cutting.MAGIC_LENGTH);
            known = Cutting.of(Arrays.copyOfRange(buffer, start, start + length));
            cutting = known;
        }
        return known;
    }

    /** How it cuts, if it has cut yet. */
    public Optional<Cutting> chosen() {
        return Optional.ofNullable(cutting);
    }

    /** Takes in the bytes after the last cut, without telling a sink that they were read. */
    public void restore(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    /** Reads the stream to its end and hands out every chunk that is certain. */
    public void feed(InputStream in, Sink sink) throws IOException {
        while (true) {
            while (end - start >= Cutting.MAX_CHUNK) {
                cut(sink);
            }
            if (BUFFER - end < READ) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            int n = in.read(buffer, end, Math.min(READ, BUFFER - end));
            if (n < 0) {
                return;
            }
            sink.read(buffer, end, n);
            end += n;
        }
    }

    /** Hands out what is left: the content ends here. */
    public void finish(Sink sink) throws IOException {
        while (end > start) {
            cut(sink);
        }
    }

    /** The bytes after the last cut. */
    public byte[] tail() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    private void cut(Sink sink) throws IOException {
        int length = cutting().cutter().cut(buffer, start, end);
        sink.chunk(buffer, start, length);
        start += length;
    }
}

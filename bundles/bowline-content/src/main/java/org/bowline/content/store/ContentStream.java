package org.bowline.content.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.bowline.content.chunk.Chunk;
import org.bowline.content.chunk.ChunkList;

/** Reads a content's chunks as one stream. Holds one chunk file open at a time. */
final class ContentStream extends InputStream {
    private final ChunkFiles files;
    private final ChunkList chunks;
    private InputStream current = InputStream.nullInputStream();

    ContentStream(ChunkFiles files, ChunkList chunks, long offset) throws IOException {
        this.files = files;
        this.chunks = chunks;
        seek(offset);
    }

    private void seek(long offset) throws IOException {
        long left = offset;
        Optional<Chunk> chunk = chunks.next();
        while (chunk.isPresent() && left >= chunk.get().length()) {
            left -= chunk.get().length();
            chunk = chunks.next();
        }
        if (chunk.isPresent()) {
            open(chunk.get());
            current.skipNBytes(left);
        }
    }

    private void open(Chunk chunk) throws IOException {
        current.close();
        current =
                files.open(chunk.digest())
                        .orElseThrow(() -> new FileNotFoundException("no " + chunk.digest()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        while (true) {
            int n = current.read(into, off, len);
            if (n >= 0) {
                return n;
            }
            Optional<Chunk> chunk = chunks.next();
            if (chunk.isEmpty()) {
                return -1;
            }
            open(chunk.get());
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
        chunks.close();
    }
}

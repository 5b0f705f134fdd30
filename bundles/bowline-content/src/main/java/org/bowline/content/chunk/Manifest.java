package org.bowline.content.chunk;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.bowline.api.content.Digest;

/**
 * The head of a manifest: the list of chunks that stands for one content. A manifest is itself
 * named by the SHA-256 of its bytes.
 *
 * <p>Format 1, big endian: {@code BWLM}, version (1 byte, 1), way of cutting (1 byte), shortest,
 * average and longest chunk (4 bytes each), size of the content (8), SHA-256 of the content (32),
 * number of chunks (8); then each chunk in order: SHA-256 (32) and length (4). So 100 GB in chunks
 * of 256 KiB are 14 MB, read as a stream.
 *
 * @param content digest of the whole content
 * @param size of it in bytes
 * @param cutting how it was cut
 * @param chunks how many follow
 */
public record Manifest(Digest content, long size, Cutting cutting, long chunks) {
    /** Bytes before the first chunk. */
    public static final int HEAD = 4 + 1 + 1 + 3 * 4 + 8 + Sha256.LENGTH + 8;

    private static final int MAGIC = 'B' << 24 | 'W' << 16 | 'L' << 8 | 'M';
    private static final int VERSION = 1;

    public Manifest {
        if (size < 0 || chunks < 0 || chunks > size) {
            throw new IllegalArgumentException(size + " bytes in " + chunks + " chunks");
        }
        if (cutting.min() < Cutting.PLAIN.min() || chunks > size / cutting.min() + 1) {
            throw new IllegalArgumentException(
                    chunks + " chunks of " + cutting.min() + " bytes and more in " + size);
        }
    }

    /** The bytes that the whole manifest has. */
    public long length() {
        return HEAD + chunks * Chunk.ENCODED;
    }

    /** Bytes that a manifest of a content of that size can have, whichever way it was cut. */
    public static long longest(long size) {
        return HEAD + (size / Cutting.PLAIN.min() + 1) * Chunk.ENCODED;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(cutting.way());
        out.writeInt(cutting.min());
        out.writeInt(cutting.average());
        out.writeInt(cutting.max());
        out.writeLong(size);
        out.write(Sha256.bytes(content));
        out.writeLong(chunks);
    }

    /**
     * Reads the head.
     *
     * @throws MalformedException if it is none, or of another version
     */
    public static Manifest read(DataInputStream in) throws IOException {
        try {
            if (in.readInt() != MAGIC) {
                throw new MalformedException("not a manifest");
            }
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new MalformedException("manifest of version " + version);
            }
            Cutting cutting =
                    new Cutting(in.readUnsignedByte(), in.readInt(), in.readInt(), in.readInt());
            long size = in.readLong();
            byte[] hash = new byte[Sha256.LENGTH];
            in.readFully(hash);
            Digest content = Sha256.named(hash);
            return new Manifest(content, size, cutting, in.readLong());
        } catch (EOFException e) {
            throw new MalformedException("manifest that ends early", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("manifest with an impossible value", e);
        }
    }
}

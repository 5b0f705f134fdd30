package org.bowline.group.raft;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One message of {@code raft/1}: four bytes length of what follows, one byte kind, payload. Each
 * request is answered, in order, by {@link #DONE} or a refusal.
 */
record RaftFrame(byte kind, byte[] payload) {
    /** Ratis's own requests; the payload is its protobuf message. */
    static final byte APPEND = 1;

    static final byte VOTE = 2;
    static final byte SNAPSHOT = 3;
    static final byte ELECT = 4;

    /** Payload: client id (16 bytes), call id (8), entry; answered with the revision (8). */
    static final byte COMMIT = 5;

    static final byte DONE = 64;

    /** The asked host failed; the payload says how. */
    static final byte FAILED = 65;

    /**
     * The asked host does not know the asking one as a voter; payload: the revision (8) at which it
     * does not.
     */
    static final byte NOT_A_VOTER = 66;

    /** Bytes that a frame may have: Ratis's largest batch and some more. */
    private static final int MAX_LENGTH = 8 << 20;

    /** Writes the frame in one go. */
    void write(OutputStream out) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + payload.length);
        frame.putInt(1 + payload.length).put(kind).put(payload);
        out.write(frame.array());
        out.flush();
    }

    /** Reads the next frame; null at the end of the stream. */
    static @Nullable RaftFrame read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < 1 || length > MAX_LENGTH) {
            throw new IOException("raft frame of " + length + " bytes");
        }
        byte kind = in.readByte();
        byte[] payload = in.readNBytes(length - 1);
        if (payload.length < length - 1) {
            throw new EOFException("raft frame is cut");
        }
        return new RaftFrame(kind, payload);
    }
}

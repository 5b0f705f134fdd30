package org.bowline.content.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * One frame of {@code content/1}. The side that opened the channel asks, as often as it likes and
 * without waiting; the other answers each question, in any order.
 *
 * <p>A frame, big endian: kind (1 byte), flags (1), zero (2), number of the question (4), length of
 * the payload (4), payload.
 *
 * <ul>
 *   <li>Questions: {@link #GET_MANIFEST} and {@link #GET_CHUNK}, payload 32 bytes SHA-256; more may
 *       follow in later releases and is ignored by those that do not know it.
 *   <li>Answers: {@link #DATA} as often as needed, the last with {@link #LAST}; {@link #NOT_HERE};
 *       {@link #UNKNOWN} to a question of a kind that this release does not know.
 *   <li>The upper four bits of a DATA frame's flags say how its payload is encoded; 0: as it is.
 *       The upper four bits of a question's flags name the encodings that the asker reads besides.
 *       Other encodings are for later releases.
 * </ul>
 *
 * @param kind what it is
 * @param flags see above
 * @param id of the question
 * @param length of the payload in bytes
 */
record Frame(int kind, int flags, int id, int length) {
    static final int GET_MANIFEST = 1;
    static final int GET_CHUNK = 2;
    static final int DATA = 17;
    static final int NOT_HERE = 18;
    static final int UNKNOWN = 19;

    /** Flag: the answer ends with this frame. */
    static final int LAST = 1;

    /** Flags that must be 0 in what this release reads. */
    static final int ENCODING = 0xf0;

    static final int HEAD = 12; // bytes

    /** Bytes of payload that a frame may have: small, so that bulk never blocks a line for long. */
    static final int MAX_PAYLOAD = 128 << 10;

    /** Writes a frame whose payload lies in {@code frame} already, behind the room for its head. */
    static void write(OutputStream out, byte[] frame, int kind, int flags, int id, int length)
            throws IOException {
        ByteBuffer.wrap(frame)
                .put((byte) kind)
                .put((byte) flags)
                .putShort((short) 0)
                .putInt(id)
                .putInt(length);
        out.write(frame, 0, HEAD + length);
    }

    /**
     * Reads a head; the caller reads the payload.
     *
     * @throws EOFException if the channel ends before one
     */
    static Frame read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readUnsignedShort();
        Frame frame = new Frame(kind, flags, in.readInt(), in.readInt());
        if (frame.length < 0 || frame.length > MAX_PAYLOAD) {
            throw new IOException("frame of " + frame.length + " bytes");
        }
        return frame;
    }
}

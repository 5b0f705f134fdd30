package org.bowline.shell.door;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One message between {@code bin/bowline} and the door: a letter, four bytes of length
 * (big-endian), the bytes. Both ends are of one release and one host, so there is no negotiation.
 *
 * @param type one of the letters below
 * @param bytes what it carries; never changed after
 */
record Frame(char type, byte[] bytes) {
    /** From the client, first and once: a {@link Hello} as JSON. */
    static final char HELLO = 'H';

    /** From the client: bytes typed or piped in; none of them means the end of input. */
    static final char DATA = 'D';

    /** From the client: the terminal's size, two bytes of columns and two of rows. */
    static final char WINDOW = 'W';

    /** From the door: bytes for standard output. */
    static final char OUT = 'O';

    /** From the door: bytes for standard error. */
    static final char ERROR = 'E';

    /**
     * From the door to a client with one command: send standard input up to the next {@link #DATA}.
     * So a command that reads nothing takes nothing from the script that called it.
     */
    static final char READ = 'R';

    /** From the door, last: the exit code, four bytes. */
    static final char EXIT = 'X';

    /** Longest payload taken from a client, in bytes: a command line with its arguments. */
    static final int MAX_LENGTH = 1 << 20;

    private static final int HEADER = 5; // bytes

    static Frame exit(int code) {
        return new Frame(EXIT, ByteBuffer.allocate(4).putInt(code).array());
    }

    /** Waits for the next frame; empty once the other end has closed. */
    static Optional<Frame> read(SocketChannel socket) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(socket, header)) {
            return Optional.empty();
        }
        char type = (char) header.get();
        int length = header.getInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("frame of " + length + " bytes, expected at most " + MAX_LENGTH);
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (!fill(socket, payload)) {
            throw new EOFException("closed in the middle of a frame");
        }
        return Optional.of(new Frame(type, payload.array()));
    }

    /** Writes it whole; waits while the other end does not read. */
    void write(SocketChannel socket) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(HEADER + bytes.length);
        all.put((byte) type).putInt(bytes.length).put(bytes).flip();
        while (all.hasRemaining()) {
            socket.write(all);
        }
    }

    private static boolean fill(SocketChannel socket, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new EOFException("closed in the middle of a frame");
                }
                return false;
            }
        }
        buffer.flip();
        return true;
    }
}

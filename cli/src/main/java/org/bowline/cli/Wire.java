package org.bowline.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the agent: frames of a letter, four bytes of length (big-endian) and the bytes.
 * Any thread may send; one reads.
 */
final class Wire {
    static final char HELLO = 'H';
    static final char DATA = 'D';
    static final char WINDOW = 'W';
    static final char OUT = 'O';
    static final char ERROR = 'E';
    static final char READ = 'R';
    static final char EXIT = 'X';

    private final SocketChannel channel;
    private @Nullable IOException refused;
    private final ByteBuffer in = ByteBuffer.allocate(32 << 10).limit(0);

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sends a frame; waits while the agent does not read. */
    synchronized void send(char type, byte[] bytes, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + length);
        frame.put((byte) type).putInt(length).put(bytes, 0, length).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** Sends the first frame. An agent that turned us away does not take it, but has said why. */
    void hello(byte[] json) {
        try {
            send(HELLO, json, json.length);
        } catch (IOException e) {
            refused = e;
        }
    }

    /** Waits for the next frame's letter and length; its bytes follow by {@link #bytes}. */
    char type() throws IOException {
        need(5);
        return (char) in.get();
    }

    /** The bytes of the frame whose {@link #type} was read last. */
    byte[] bytes() throws IOException {
        byte[] bytes = new byte[in.getInt()];
        int filled = 0;
        while (filled < bytes.length) {
            need(1);
            int part = Math.min(in.remaining(), bytes.length - filled);
            in.get(bytes, filled, part);
            filled += part;
        }
        return bytes;
    }

    private void need(int count) throws IOException {
        while (in.remaining() < count) {
            in.compact();
            int read = channel.read(in);
            in.flip();
            if (read < 0) {
                EOFException closed = new EOFException("the agent closed the connection");
                closed.initCause(refused);
                throw closed;
            }
        }
    }
}

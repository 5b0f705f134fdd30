package org.bowline.content.wire;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.bowline.api.content.Digest;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.content.chunk.Sha256;

/**
 * The asking side of one channel. Ask several times, then take as many answers, in the order of the
 * questions. Not safe for use by several threads; {@link #close} may come from any.
 */
public final class Conversation implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10); // for the next bytes

    private final Channel channel;
    private final PacedInput paced;
    private final DataInputStream in;
    private final OutputStream out;
    private final byte[] question = new byte[Frame.HEAD + Sha256.LENGTH];
    private final Deque<Integer> open = new ArrayDeque<>();
    private int next;

    /** The peer answers, but far too slowly. */
    public static final class SlowException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowException(String message) {
            super(message);
        }
    }

    /** Takes the bytes of an answer. */
    public interface Sink {
        /**
         * The next bytes of the answer.
         *
         * @throws IOException if it is enough: the conversation is of no use any more
         */
        void accept(DataInputStream in, int length) throws IOException;
    }

    public Conversation(Channel channel) throws IOException {
        this(channel, System::nanoTime);
    }

    Conversation(Channel channel, LongSupplier nanoTime) throws IOException {
        this.channel = channel;
        this.paced = new PacedInput(channel.input(), nanoTime);
        this.in = new DataInputStream(paced);
        this.out = channel.output();
        channel.readTimeout(PATIENCE);
    }

    /** Whom it is held with. */
    public HostId peer() {
        return channel.peer();
    }

    /** How many answers are still to be taken. */
    public int waiting() {
        return open.size();
    }

    public void askManifest(Digest manifest) throws IOException {
        ask(Frame.GET_MANIFEST, manifest);
    }

    public void askChunk(Digest chunk) throws IOException {
        ask(Frame.GET_CHUNK, chunk);
    }

    private void ask(int kind, Digest digest) throws IOException {
        byte[] hash = Sha256.bytes(digest);
        System.arraycopy(hash, 0, question, Frame.HEAD, hash.length);
        open.add(next);
        Frame.write(out, question, kind, 0, next++, hash.length);
    }

    /**
     * Takes the next answer; waits for the peer.
     *
     * @return false if the peer does not have it
     * @throws SlowException if it takes longer than any usable link needs
     */
    public boolean take(Sink sink) throws IOException {
        int id = open.remove();
        paced.begin();
        while (true) {
            Frame frame = Frame.read(in);
            if (frame.id() != id || (frame.flags() & Frame.ENCODING) != 0) {
                throw new IOException("an answer that was not asked for: " + frame);
            }
            if (frame.kind() != Frame.DATA) {
                in.skipNBytes(frame.length());
                return false;
            }
            sink.accept(in, frame.length());
            paced.came(frame.length());
            if ((frame.flags() & Frame.LAST) != 0) {
                return true;
            }
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}

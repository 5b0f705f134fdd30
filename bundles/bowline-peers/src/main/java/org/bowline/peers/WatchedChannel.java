package org.bowline.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;

/** A channel that knows how long its present write has been waiting, and says when it closes. */
final class WatchedChannel implements Channel {
    /**
     * A larger write is done in pieces of so many bytes, so that a slow peer is not a stuck one.
     */
    private static final int PIECE = 64 << 10;

    private final Channel channel;
    private final Transport via;
    private final Consumer<WatchedChannel> closed;
    private final OutputStream output = new WatchedOutput();
    private final long opened = System.nanoTime();
    private volatile long writingSince; // nanoTime, never 0 while writing
    private volatile Duration longestRead = Duration.ZERO; // zero: no limit
    private volatile Duration longestLife = Duration.ZERO; // zero: no limit

    /**
     * @param closed called at every close, which may be more than once
     */
    WatchedChannel(Channel channel, Transport via, Consumer<WatchedChannel> closed) {
        this.channel = channel;
        this.via = via;
        this.closed = closed;
    }

    Transport via() {
        return via;
    }

    /** Bounds every read, whatever the handler asks for, and the life of the channel. */
    void restrict(Duration read, Duration life) throws IOException {
        longestRead = read;
        longestLife = life;
        readTimeout(read);
    }

    /** Whether the present write has waited for longer than that. */
    boolean stuck(Duration limit) {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > limit.toNanos();
    }

    /** Whether the channel has lived longer than it may. */
    boolean outlived() {
        long life = longestLife.toNanos();
        return life != 0 && System.nanoTime() - opened > life;
    }

    @Override
    public HostId peer() {
        return channel.peer();
    }

    @Override
    public byte[] peerKey() {
        return channel.peerKey();
    }

    @Override
    public String protocol() {
        return channel.protocol();
    }

    @Override
    public Endpoint remote() {
        return channel.remote();
    }

    @Override
    public InputStream input() {
        return channel.input();
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void readTimeout(Duration timeout) throws IOException {
        Duration longest = longestRead;
        boolean over = timeout.isZero() || timeout.compareTo(longest) > 0;
        channel.readTimeout(!longest.isZero() && over ? longest : timeout);
    }

    @Override
    public void close() {
        closed.accept(this);
        channel.close();
    }

    @Override
    public String toString() {
        return protocol() + " with " + peer() + " at " + remote();
    }

    private final class WatchedOutput extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int off, int len) throws IOException {
            for (int done = 0; done < len; done += PIECE) {
                writingSince = System.nanoTime() | 1;
                try {
                    channel.output().write(from, off + done, Math.min(PIECE, len - done));
                } finally {
                    writingSince = 0;
                }
            }
        }

        @Override
        public void flush() throws IOException {
            writingSince = System.nanoTime() | 1;
            try {
                channel.output().flush();
            } finally {
                writingSince = 0;
            }
        }

        @Override
        public void close() throws IOException {
            channel.output().close();
        }
    }
}

package org.bowline.peers.presence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/** A channel to a peer that says nothing, and takes in what the test lets it. */
final class OpenChannel implements Channel {
    final AtomicInteger writes = new AtomicInteger(); // begun
    final Semaphore room = new Semaphore(0); // for writes
    private final HostId peer;
    private final CountDownLatch closed = new CountDownLatch(1);

    OpenChannel(HostId peer) {
        this.peer = peer;
    }

    @Override
    public HostId peer() {
        return peer;
    }

    @Override
    public byte[] peerKey() {
        return new byte[0];
    }

    @Override
    public String protocol() {
        return BeatPresence.PROTOCOL;
    }

    @Override
    public Endpoint remote() {
        return new Endpoint("test", "192.0.2.1", 1);
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    closed.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int off, int len) throws IOException {
                writes.incrementAndGet();
                try {
                    room.acquire();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public void readTimeout(Duration timeout) {
        // the peer says nothing anyway
    }

    @Override
    public void close() {
        closed.countDown();
        room.release(1000);
    }
}

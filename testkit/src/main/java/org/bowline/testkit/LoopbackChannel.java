package org.bowline.testkit;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.transport.Channel;

/** One end of a channel in memory. Closing one end lets the other read what was written before. */
final class LoopbackChannel implements Channel {
    private final Identity peer;
    private final String protocol;
    private final Endpoint remote;
    private final LoopbackPipe in;
    private final LoopbackPipe out;
    private final Runnable closed;

    LoopbackChannel(
            Identity peer,
            String protocol,
            Endpoint remote,
            LoopbackPipe in,
            LoopbackPipe out,
            Runnable closed) {
        this.peer = peer;
        this.protocol = protocol;
        this.remote = remote;
        this.in = in;
        this.out = out;
        this.closed = closed;
    }

    @Override
    public HostId peer() {
        return peer.id();
    }

    @Override
    public byte[] peerKey() {
        return peer.certificate().getPublicKey().getEncoded();
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public InputStream input() {
        return in.input;
    }

    @Override
    public OutputStream output() {
        return out.output;
    }

    @Override
    public void readTimeout(Duration timeout) {
        in.timeout(timeout.toMillis());
    }

    @Override
    public void close() {
        out.end();
        in.breakOff();
        closed.run();
    }

    boolean uses(LoopbackPipe input, LoopbackPipe output) {
        return in == input && out == output;
    }

    void breakOff() {
        out.breakOff();
        in.breakOff();
    }
}

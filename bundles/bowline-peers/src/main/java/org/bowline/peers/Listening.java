package org.bowline.peers;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.bowline.api.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transport that is listened on, and tried again for as long as its port cannot be had. */
final class Listening implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Transport transport;
    private final Transport.Acceptor acceptor;
    private final ChannelWatch watch;
    private Duration pause = FIRST_PAUSE; // guarded by this
    private @Nullable Closeable door; // guarded by this
    private boolean closed; // guarded by this

    Listening(Transport transport, Transport.Acceptor acceptor, ChannelWatch watch) {
        this.transport = transport;
        this.acceptor = acceptor;
        this.watch = watch;
    }

    /** Listens, now or as soon as it can. */
    synchronized void begin() {
        if (closed) {
            return;
        }
        try {
            door = transport.listen(acceptor);
            LOG.info("Other hosts reach this one over {}, port {}", name(), transport.port());
        } catch (IOException e) {
            LOG.warn(
                    "Nobody reaches this host over {}: port {} cannot be had ({}); tried again in"
                            + " {} ms",
                    name(),
                    transport.port(),
                    e.getMessage(),
                    pause.toMillis());
            watch.later(this::begin, pause);
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (door == null) {
            return;
        }
        try {
            door.close();
        } catch (IOException e) {
            LOG.debug("Closing the port of {}", name(), e);
        }
    }

    private String name() {
        return transport.name();
    }
}

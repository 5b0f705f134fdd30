package org.bowline.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.transport.Transport;
import org.bowline.api.transport.WrongKeyException;

/**
 * A network in memory that carries channels between hosts of one test, and can be cut. Behaves as
 * TLS does: the dialler's {@code open} returns even if the other side does not trust it; its first
 * read fails then. Live channels over a line that is cut break at once.
 */
public final class LoopbackNetwork {
    /** The transport's name in endpoints. */
    public static final String NAME = "loopback";

    private record Line(HostId one, HostId other) {
        static Line of(HostId a, HostId b) {
            return a.compareTo(b) < 0 ? new Line(a, b) : new Line(b, a);
        }
    }

    private record Live(Line line, LoopbackChannel end) {}

    private final AtomicInteger nextPort = new AtomicInteger(1);
    private final Map<Integer, LoopbackTransport> ports = new ConcurrentHashMap<>();
    private final Set<Line> cuts = ConcurrentHashMap.newKeySet();
    private final Set<HostId> isolated = ConcurrentHashMap.newKeySet();
    private final Set<Live> live = ConcurrentHashMap.newKeySet();

    /** Where the next host to {@link #join} can be dialled: lets a test write endpoints first. */
    public Endpoint reserve() {
        return new Endpoint(NAME, "127.0.0.1", nextPort.getAndIncrement());
    }

    /** A host's way into this network, at a place that was reserved. */
    public Transport join(Endpoint at, Identity self, Trust trust) {
        LoopbackTransport transport = new LoopbackTransport(at, self, trust);
        ports.put(at.port(), transport);
        return transport;
    }

    /** From now on these two cannot reach each other. */
    public void cut(HostId a, HostId b) {
        cuts.add(Line.of(a, b));
        breakCutLines();
    }

    /** From now on nobody reaches that host. */
    public void isolate(HostId host) {
        isolated.add(host);
        breakCutLines();
    }

    /** Mends every line. Broken channels stay broken. */
    public void heal() {
        cuts.clear();
        isolated.clear();
    }

    private boolean isCut(Line line) {
        return cuts.contains(line)
                || isolated.contains(line.one()) && !line.one().equals(line.other())
                || isolated.contains(line.other()) && !line.one().equals(line.other());
    }

    private void breakCutLines() {
        for (Live channel : live) {
            if (isCut(channel.line())) {
                channel.end().breakOff();
                live.remove(channel);
            }
        }
    }

    private final class LoopbackTransport implements Transport {
        private final Endpoint here;
        private final Identity self;
        private final Trust trust;
        private final AtomicReference<Acceptor> acceptor = new AtomicReference<>();
        private final Set<LoopbackChannel> accepted = ConcurrentHashMap.newKeySet();

        LoopbackTransport(Endpoint here, Identity self, Trust trust) {
            this.here = here;
            this.self = self;
            this.trust = trust;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public int port() {
            return here.port();
        }

        @Override
        public LoopbackChannel open(
                Endpoint endpoint, HostId expected, String protocol, Duration timeout)
                throws IOException {
            LoopbackTransport there = ports.get(endpoint.port());
            Acceptor taker = there == null ? null : there.acceptor.get();
            if (there == null || taker == null) {
                throw new ConnectException("nobody listens at " + endpoint);
            }
            Line line = Line.of(self.id(), there.self.id());
            if (isCut(line)) {
                throw new NoRouteToHostException("no route to " + endpoint);
            }
            if (!there.self.id().equals(expected)) {
                throw new WrongKeyException(expected, there.self.id());
            }
            return connect(there, taker, protocol, line);
        }

        private LoopbackChannel connect(
                LoopbackTransport there, Acceptor taker, String protocol, Line line)
                throws IOException {
            LoopbackPipe to = new LoopbackPipe();
            LoopbackPipe from = new LoopbackPipe();
            AtomicReference<Runnable> gone = new AtomicReference<>(() -> {});
            Runnable closed = () -> gone.get().run();
            LoopbackChannel mine =
                    new LoopbackChannel(there.self, protocol, there.here, from, to, closed);
            if (!there.trust.mayOpen(self.id(), protocol)) {
                mine.breakOff();
                return mine;
            }
            LoopbackChannel theirs =
                    new LoopbackChannel(
                            self, protocol, here, to, from, () -> there.forget(to, from, line));
            Live entry = new Live(line, mine);
            gone.set(() -> live.remove(entry));
            live.add(entry);
            there.accepted.add(theirs);
            if (isCut(line)) {
                breakCutLines();
                throw new NoRouteToHostException("no route to " + there.here);
            }
            taker.accepted(theirs);
            return mine;
        }

        private void forget(LoopbackPipe in, LoopbackPipe out, Line line) {
            accepted.removeIf(channel -> channel.uses(in, out));
            live.removeIf(channel -> channel.line().equals(line) && channel.end().uses(out, in));
        }

        @Override
        public Closeable listen(Acceptor taker) throws IOException {
            if (!acceptor.compareAndSet(null, taker)) {
                throw new IOException("already listening at " + here);
            }
            return () -> {
                acceptor.set(null);
                accepted.forEach(LoopbackChannel::close);
                accepted.clear();
            };
        }
    }
}

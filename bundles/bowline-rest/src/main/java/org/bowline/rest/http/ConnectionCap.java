package org.bowline.rest.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections over a number, in all and from one address, before their handshake has begun:
 * an open one takes some 100 KiB of a small heap, and costs a stranger nothing.
 *
 * <p>Jetty has {@code NetworkConnectionLimit}, which counts for connectors that have yet to start;
 * Felix has started them before it asks. Safe for use by any thread.
 */
final class ConnectionCap implements Connection.Listener {
    static final int MAX = 400;
    static final int MAX_OF_SOURCE = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCap.class);

    private final Map<EndPoint, InetAddress> open = new IdentityHashMap<>(); // guarded by this
    private final Map<InetAddress, Integer> bySource = new HashMap<>(); // guarded by this

    @Override
    public void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        if (end instanceof SocketChannelEndPoint // HTTP inside TLS has an end of its own
                && end.getRemoteSocketAddress() instanceof InetSocketAddress remote
                && !enter(end, remote.getAddress())) {
            LOG.debug("{} has too many connections; one more is closed", remote);
            end.close();
        }
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        InetAddress source = open.remove(connection.getEndPoint());
        if (source != null) {
            bySource.computeIfPresent(source, (key, here) -> here > 1 ? here - 1 : null);
        }
    }

    private synchronized boolean enter(EndPoint end, InetAddress source) {
        int here = bySource.getOrDefault(source, 0);
        if (open.size() >= MAX || here >= MAX_OF_SOURCE) {
            return false;
        }
        open.put(end, source);
        bySource.put(source, here + 1);
        return true;
    }
}

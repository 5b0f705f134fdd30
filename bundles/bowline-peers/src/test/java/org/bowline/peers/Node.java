package org.bowline.peers;

import java.util.List;
import java.util.stream.Stream;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Transport;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestIdentity;

/** This room of one host, on a network in memory. */
public final class Node implements AutoCloseable {
    public final TestIdentity identity = new TestIdentity();
    public final MemoryTrust trust = new MemoryTrust();
    final Endpoint endpoint;
    final Transport transport;
    final ChannelWatch watch;
    final Whereabouts whereabouts;
    final TransportPeers peers;
    final Reception reception;

    public Node(LoopbackNetwork network) {
        this(network, new TestLimits());
    }

    Node(LoopbackNetwork network, TestLimits limits) {
        this(network, limits, network.reserve());
    }

    Node(LoopbackNetwork network, TestLimits limits, Endpoint at) {
        endpoint = at;
        transport = network.join(endpoint, identity, trust);
        trusts(this);
        watch = new ChannelWatch(trust, limits);
        whereabouts = new Whereabouts(trust);
        peers = new TransportPeers(trust, watch, whereabouts, limits);
        reception = new Reception(trust, watch, whereabouts, limits);
        peers.transports = List.of(transport);
        reception.addTransport(transport);
        watch.start();
        whereabouts.start();
        reception.start();
    }

    public HostId id() {
        return identity.id();
    }

    public Peers peers() {
        return peers;
    }

    /** Trusts exactly these from now on. */
    public void trusts(Node... nodes) {
        trust.replace(Stream.of(nodes).map(Node::trusted).toList(), trust.revision() + 1);
    }

    /** Makes these members of one group. */
    public static void link(Node... nodes) {
        for (Node node : nodes) {
            node.trusts(nodes);
        }
    }

    public void serve(ProtocolHandler handler) {
        reception.addHandler(handler);
    }

    public void unserve(ProtocolHandler handler) {
        reception.removeHandler(handler);
    }

    /** How many channels are open, dialled and accepted. */
    public int channels() {
        return watch.count();
    }

    private TrustedHost trusted() {
        return identity.trusted(endpoint);
    }

    @Override
    public void close() {
        reception.stop();
        whereabouts.stop();
        watch.stop();
    }
}

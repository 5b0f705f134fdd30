package org.bowline.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.audit.log.ChainLog;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestIdentity;

/** A host with an audit log on a disk and a network in memory; it can be stopped and started. */
final class AuditHost implements Closeable, InstantSource {
    static final ChainLog.Limits WIDE = new ChainLog.Limits(8 << 20, 16);

    final TestIdentity identity = new TestIdentity();
    final Endpoint at;
    final MemoryTrust trust;
    final MemoryPresence presence;
    final Path data;
    private final LoopbackNetwork network;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private LoopbackPeers peers;
    private ChainedAudit audit;

    AuditHost(LoopbackNetwork network, MemoryPresence.Board board, Path data) throws IOException {
        this.network = network;
        this.data = data;
        at = network.reserve();
        trust = new MemoryTrust(identity.trusted(at));
        presence = new MemoryPresence(board, id(), "boot");
        start();
    }

    void start() throws IOException {
        peers = new LoopbackPeers(network.join(at, identity, trust), trust);
        audit = new ChainedAudit(id(), data, trust, peers, presence, WIDE, this);
        audit.start();
        peers.host(new AuditExchange(audit));
    }

    void stop() throws IOException {
        peers.close();
        audit.stop();
    }

    /** Serves that instead of its audit log. */
    LoopbackPeers peers() {
        return peers;
    }

    ChainedAudit audit() {
        return audit;
    }

    HostId id() {
        return identity.id();
    }

    /** Records an act at that second of the day. */
    void act(int second) {
        now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second);
        audit.record(Act.done(new Actor("anna", "rest"), "content.upload", "", "second " + second));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}

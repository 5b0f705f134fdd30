package org.bowline.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.bowline.api.Actor;
import org.bowline.api.content.CatalogItem;
import org.bowline.api.content.Digest;
import org.bowline.api.content.Holding;
import org.bowline.api.content.Uploads.Upload;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.content.chunk.ChunkList;
import org.bowline.content.chunk.Manifest;
import org.bowline.content.chunk.Sha256;
import org.bowline.content.store.DiskContentStore;
import org.bowline.content.store.Items;
import org.bowline.content.store.Manifests;
import org.bowline.content.store.Ref;
import org.bowline.content.sync.ContentSync;
import org.bowline.content.upload.DiskUploads;
import org.bowline.content.wire.ContentServer;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.MemoryGroup;
import org.bowline.testkit.MemoryPresence;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;

/** Hosts of one test: everything below the content room is in memory, the stores are on disk. */
final class Site implements AutoCloseable {
    static final Actor ADMIN = new Actor("admin", "rest");

    final LoopbackNetwork network = new LoopbackNetwork();
    private final MemoryGroup.World world = new MemoryGroup.World();
    private final MemoryPresence.Board board = new MemoryPresence.Board();
    private final Path base;
    private final List<Node> nodes = new ArrayList<>();

    Site(Path base) {
        this.base = base;
    }

    /** A host in a group of one, with a store of that quota; 0: the disk decides. */
    Node host(String name, long quota) throws IOException {
        Node node = new Node(name, quota);
        nodes.add(node);
        List<TrustedHost> all = nodes.stream().map(one -> one.trusted).toList();
        nodes.forEach(one -> one.trust.replace(all, 1));
        return node;
    }

    Node host(String name) throws IOException {
        return host(name, 0);
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Digest digest(byte[] bytes) {
        return Sha256.digest(bytes, 0, bytes.length);
    }

    /** The same under another digest. */
    static CatalogItem renamed(CatalogItem item, Digest digest) {
        return new CatalogItem(
                digest,
                item.name(),
                item.revision(),
                item.size(),
                item.kind(),
                item.manifest(),
                item.addedBy(),
                item.addedOn(),
                item.addedAt());
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes) {
            node.stop();
            node.peers.close();
        }
    }

    /** One host. */
    final class Node {
        final TestIdentity identity = new TestIdentity();
        final Path data;
        final TrustedHost trusted;
        final MemoryTrust trust = new MemoryTrust();
        final LoopbackPeers peers;
        final MemoryGroup group;
        final MemoryPresence presence;
        final MemoryAudit audit = new MemoryAudit(identity.id());
        final Member member;
        private final long quota;
        DiskContentStore store;
        Listing listing;
        DiskUploads uploads;
        ContentSync sync;
        GroupCatalog catalog;

        private Node(String name, long quota) throws IOException {
            this.quota = quota;
            data = base.resolve(name);
            Endpoint endpoint = network.reserve();
            trusted = identity.trusted(endpoint);
            peers = new LoopbackPeers(network.join(endpoint, identity, trust), trust);
            member =
                    new Member(
                            identity.id(),
                            identity.key(),
                            TestHost.linkableFacts(name, endpoint),
                            0);
            group = new MemoryGroup(world, member);
            presence = new MemoryPresence(board, identity.id(), "boot-" + name);
            listing = new Listing(group);
            store = new DiskContentStore(data.resolve("store"), quota);
            uploads = new DiskUploads(store, listing, identity, audit);
            sync = new ContentSync(store, listing, group, peers, presence, audit);
            catalog = new GroupCatalog(listing, sync, audit);
            peers.host(new ContentServer(store));
            sync.start();
        }

        /** Puts another handler before the content's. */
        void serve(ProtocolHandler handler) {
            peers.host(handler);
        }

        void stop() throws Exception {
            sync.stop();
            store.close();
        }

        /** As an agent that was killed and started again. */
        void restart() throws Exception {
            stop();
            store = new DiskContentStore(data.resolve("store"), quota);
            uploads = new DiskUploads(store, listing, identity, audit);
            sync = new ContentSync(store, listing, group, peers, presence, audit);
            catalog = new GroupCatalog(listing, sync, audit);
            peers.host(new ContentServer(store));
            sync.start();
        }

        /** Becomes a follower of that leader, its content coming along as pairing does it. */
        void follow(Node leader) throws IOException {
            byte[] offer = new ContentLink(store, listing).offer();
            leader.group.commit(Commit.of(ADMIN, new Change.Admit(member)));
            new ContentLink(leader.store, leader.listing).accept(identity.id(), offer, ADMIN);
            group.follow(leader.group.invitation(identity.id()));
        }

        CatalogItem upload(String name, byte[] bytes) throws IOException {
            Upload upload = uploads.create(name, OptionalLong.of(bytes.length), ADMIN);
            uploads.append(upload.id(), 0, new ByteArrayInputStream(bytes));
            return uploads.finish(upload.id(), Optional.of(digest(bytes)));
        }

        /** Holds the bytes of that content under another digest too, as no honest host would. */
        CatalogItem forge(CatalogItem item, Digest other) throws IOException {
            try (ChunkList.Opened opened = store.manifests().open(item.manifest());
                    Manifests.Draft draft = store.manifests().draft()) {
                Manifest honest = opened.manifest();
                draft.head(new Manifest(other, item.size(), honest.cutting(), honest.chunks()));
                for (var next = opened.chunks().next();
                        next.isPresent();
                        next = opened.chunks().next()) {
                    draft.chunk(next.get());
                }
                Digest manifest = draft.end();
                CatalogItem forged = Items.withManifest(renamed(item, other), manifest);
                draft.keep(manifest, () -> store.refs().put(other, Ref.unlisted(forged)));
                return forged;
            }
        }

        byte[] bytes(Digest digest) throws IOException {
            try (InputStream in = store.open(digest, 0)) {
                return in.readAllBytes();
            }
        }

        boolean holds(CatalogItem item) {
            return store.held().contains(item.digest());
        }

        /** How that host stands with the item, as seen from this one. */
        Optional<Holding> sees(Node host, CatalogItem item) {
            return Optional.ofNullable(
                    catalog.holdings()
                            .getOrDefault(host.identity.id(), Map.of())
                            .get(item.digest()));
        }
    }
}

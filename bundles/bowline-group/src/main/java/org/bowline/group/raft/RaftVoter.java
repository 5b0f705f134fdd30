package org.bowline.group.raft;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.jspecify.annotations.Nullable;

/**
 * This host's part in one group's decisions: an embedded Ratis server with one division.
 *
 * <p>All that starts, asks and stops Ratis runs on one thread, {@code bowline-raft}, which ends
 * with it: what Ratis leaves behind in threads would else keep this bundle's classes for ever.
 */
public final class RaftVoter implements Closeable {
    /** What a voter needs to know of its group and its house. */
    public record Seat(
            Path directory,
            String group,
            HostId self,
            Ledger ledger,
            EntryCodec entries,
            SnapshotCodec snapshots,
            Peers peers) {}

    private static final Duration CONFIGURING = Duration.ofSeconds(10);

    private final Seat seat;
    private final RaftGroupId groupId;
    private final RaftPeerId selfId;
    private final RaftLinks links;
    private final GroupMachine machine;
    private final RaftDoor door;
    private final ExecutorService thread;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private volatile @Nullable RaftServer server;

    /**
     * @param mayVote whether the group wants that host as a voter, though it may be none yet
     * @param changed called when leader or voters may have changed; must not block
     * @param disowned told at which revision another voter does not know this host as one; must not
     *     block
     */
    public RaftVoter(
            Seat seat, Predicate<HostId> mayVote, Runnable changed, LongConsumer disowned) {
        this.seat = seat;
        this.groupId = RaftGroupId.valueOf(uuid(seat.group()));
        this.selfId = RaftPeerId.valueOf(seat.self().value());
        this.links = new RaftLinks(seat.peers(), disowned);
        this.machine = new GroupMachine(seat.entries(), seat.snapshots(), seat.ledger(), changed);
        this.door = new RaftDoor(this, mayVote);
        this.thread =
                Executors.newSingleThreadExecutor(
                        job -> {
                            Thread made = new Thread(job, "bowline-raft");
                            made.setContextClassLoader(RaftVoter.class.getClassLoader());
                            made.setDaemon(true);
                            return made;
                        });
    }

    /** Ratis's name of a group. */
    static UUID uuid(String group) {
        return UUID.nameUUIDFromBytes(
                ("bowline-group:" + group).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Starts the server and waits until it runs, not until anybody leads.
     *
     * @param voters as this host last knew them; without itself it waits to be added
     * @param seed what a new group begins with; null for one that exists or begins with nothing
     */
    public void start(Set<HostId> voters, @Nullable State seed) throws IOException {
        Set<HostId> first = voters.contains(seat.self()) ? voters : Set.of();
        Parameters parameters = new Parameters();
        parameters.put(PeersRpcType.LINKS, links, RaftLinks.class);
        boolean alone = first.equals(Set.of(seat.self()));
        onThread(
                () -> {
                    if (seed != null) {
                        Path division = seat.directory().resolve(groupId.getUuid().toString());
                        RaftSnapshots.seed(division, seed, seat.snapshots());
                    }
                    RaftServer built =
                            RaftServer.newBuilder()
                                    .setServerId(selfId)
                                    .setGroup(RaftGroup.valueOf(groupId, peers(first)))
                                    .setStateMachine(machine)
                                    .setProperties(RaftSettings.of(seat.directory(), alone))
                                    .setParameters(parameters)
                                    .setOption(RaftStorage.StartupOption.RECOVER)
                                    .build();
                    try {
                        built.start();
                    } catch (IOException | RuntimeException e) {
                        built.close();
                        throw e;
                    }
                    server = built;
                    return null;
                });
    }

    /** Serves one request of another voter. */
    RaftFrame answer(HostId peer, RaftFrame request) {
        return door.answer(peer, request);
    }

    /** Whether its log failed, or Ratis ended it: it does nothing any more and must be replaced. */
    public boolean broken() {
        RaftServer.Division division = division();
        return machine.logFailed() || division != null && !division.getInfo().isAlive();
    }

    /** Whether this host leads and has applied all that came before. */
    public boolean leads() {
        RaftServer.Division division = division();
        return division != null && division.getInfo().isLeaderReady();
    }

    /** Who leads; empty if unknown. */
    public Optional<HostId> leader() {
        RaftServer.Division division = division();
        return Optional.ofNullable(division == null ? null : division.getInfo().getLeaderId())
                .map(id -> new HostId(id.toString()));
    }

    /** Whether a leader is known and all that is known to be committed is applied. */
    public boolean caughtUp() {
        RaftServer.Division division = division();
        return division != null
                && (division.getInfo().isLeaderReady()
                        || leader().isPresent()
                                && !leads(division)
                                && division.getInfo().getLastAppliedIndex()
                                        >= division.getRaftLog().getLastCommittedIndex());
    }

    private static boolean leads(RaftServer.Division division) {
        return division.getInfo().isLeader();
    }

    /** The voters by the newest configuration; empty for a joiner that nobody added yet. */
    public Set<HostId> voters() {
        RaftServer.Division division = division();
        return division == null ? Set.of() : hosts(division.getRaftConf().getCurrentPeers());
    }

    /** Whether that host is a voter, or still is one while the configuration changes. */
    boolean knows(HostId host) {
        RaftServer.Division division = division();
        return division != null && hosts(division.getRaftConf().getAllPeers()).contains(host);
    }

    private static Set<HostId> hosts(Collection<RaftPeer> peers) {
        return peers.stream()
                .map(peer -> new HostId(peer.getId().toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The state as far as this voter applied it. */
    public State state() {
        return machine.state();
    }

    /** Begins one commit; ask for it again until it is settled, it takes effect once. */
    public RaftCommit commit(byte[] entry) {
        return new RaftCommit(this, links, client, calls.incrementAndGet(), entry);
    }

    /** Submits to this host, which must lead; the reply holds the revision. */
    CompletableFuture<RaftClientReply> submit(ClientId from, long call, byte[] entry)
            throws IOException {
        RaftClientRequest request =
                RaftClientRequest.newBuilder()
                        .setClientId(from)
                        .setServerId(selfId)
                        .setGroupId(groupId)
                        .setCallId(call)
                        .setMessage(Message.valueOf(ByteString.copyFrom(entry)))
                        .setType(RaftClientRequest.writeRequestType())
                        .build();
        return onThread(() -> running().submitClientRequestAsync(request));
    }

    /** Changes the voters, on the leader; one may be added, or any removed, in one call. */
    public void setVoters(Set<HostId> voters) throws IOException {
        SetConfigurationRequest request =
                new SetConfigurationRequest(
                        client,
                        selfId,
                        groupId,
                        calls.incrementAndGet(),
                        SetConfigurationRequest.Arguments.newBuilder()
                                .setServersInNewConf(List.copyOf(peers(voters)))
                                .build());
        settle(onThread(() -> running().setConfigurationAsync(request)));
    }

    /** Hands the lead to another voter, on the leader. */
    public void transfer(HostId next) throws IOException {
        TransferLeadershipRequest request =
                new TransferLeadershipRequest(
                        client,
                        selfId,
                        groupId,
                        calls.incrementAndGet(),
                        RaftPeerId.valueOf(next.value()),
                        CONFIGURING.toMillis());
        settle(onThread(() -> running().transferLeadershipAsync(request)));
    }

    private static void settle(CompletableFuture<RaftClientReply> future) throws IOException {
        RaftClientReply reply = await(future, CONFIGURING.plusSeconds(2));
        if (!reply.isSuccess()) {
            throw new IOException(String.valueOf(reply.getException()), reply.getException());
        }
    }

    RaftServer running() throws IOException {
        RaftServer running = server;
        if (running == null) {
            throw new IOException("the voter does not run");
        }
        return running;
    }

    HostId self() {
        return seat.self();
    }

    RaftGroupId groupId() {
        return groupId;
    }

    EntryCodec entries() {
        return seat.entries();
    }

    private RaftServer.@Nullable Division division() {
        RaftServer running = server;
        try {
            return running == null ? null : running.getDivision(groupId);
        } catch (IOException e) {
            return null; // closing
        }
    }

    private static Collection<RaftPeer> peers(Set<HostId> hosts) {
        return hosts.stream()
                .map(host -> RaftPeer.newBuilder().setId(host.value()).build())
                .toList();
    }

    private <T> T onThread(Callable<T> job) throws IOException {
        try {
            return await(thread.submit(job), Duration.ofSeconds(30));
        } catch (RejectedExecutionException e) {
            throw new IOException("the voter has stopped", e);
        }
    }

    static <T> T await(Future<T> future, Duration limit) throws IOException {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer in " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Stops the server; what it wrote stays. */
    @Override
    public void close() throws IOException {
        try {
            onThread(
                    () -> {
                        RaftServer running = server;
                        server = null;
                        if (running != null) {
                            running.close();
                        }
                        return null;
                    });
        } finally {
            links.close();
            thread.shutdown();
        }
    }
}

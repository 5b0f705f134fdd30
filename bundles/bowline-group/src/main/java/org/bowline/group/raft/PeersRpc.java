package org.bowline.group.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.thirdparty.com.google.protobuf.AbstractMessage;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/** Ratis's requests to other voters, over Peers. What comes in goes to {@link RaftVoter}. */
final class PeersRpc implements RaftServerRpc {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(20);

    private final RpcType type;
    private final RaftLinks links;

    PeersRpc(RpcType type, RaftLinks links) {
        this.type = type;
        this.links = links;
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request)
            throws IOException {
        return AppendEntriesReplyProto.parseFrom(
                call(request.getServerRequest(), RaftFrame.APPEND, request, LIMIT));
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        return RequestVoteReplyProto.parseFrom(
                call(request.getServerRequest(), RaftFrame.VOTE, request, LIMIT));
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request)
            throws IOException {
        return InstallSnapshotReplyProto.parseFrom(
                call(request.getServerRequest(), RaftFrame.SNAPSHOT, request, SNAPSHOT_LIMIT));
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(
            StartLeaderElectionRequestProto request) throws IOException {
        return StartLeaderElectionReplyProto.parseFrom(
                call(request.getServerRequest(), RaftFrame.ELECT, request, LIMIT));
    }

    private byte[] call(
            RaftRpcRequestProto header, byte kind, AbstractMessage request, Duration limit)
            throws IOException {
        HostId voter = new HostId(header.getReplyId().toStringUtf8());
        return links.call(voter, kind, request.toByteArray(), limit);
    }

    @Override
    public RpcType getRpcType() {
        return type;
    }

    @Override
    public void start() {
        // what comes in is handed over by RaftVoter
    }

    @Override
    public @Nullable InetSocketAddress getInetSocketAddress() {
        return null; // peers are found by their host id
    }

    @Override
    public void handleException(RaftPeerId serverId, Exception e, boolean reconnect) {
        // a failed channel is closed already; the next request opens another
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> peers) {
        // peers are found by their host id
    }

    @Override
    public void close() {
        links.close();
    }
}

package org.bowline.group.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.bowline.api.identity.HostId;
import org.bowline.group.state.EntryCodec;

/**
 * Lets in what other voters ask, and only them: Ratis itself checks nobody. Who asks must be a
 * voter or wanted as one, and must call itself by the name that its channel proved.
 */
final class RaftDoor {
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(10);

    private final RaftVoter voter;
    private final Predicate<HostId> mayVote;

    RaftDoor(RaftVoter voter, Predicate<HostId> mayVote) {
        this.voter = voter;
        this.mayVote = mayVote;
    }

    RaftFrame answer(HostId peer, RaftFrame request) {
        if (!voter.knows(peer) && !mayVote.test(peer)) {
            byte[] revision =
                    ByteBuffer.allocate(Long.BYTES).putLong(voter.state().revision()).array();
            return new RaftFrame(RaftFrame.NOT_A_VOTER, revision);
        }
        try {
            return new RaftFrame(RaftFrame.DONE, serve(peer, request));
        } catch (IOException | RuntimeException e) {
            // whatever a voter sends, or Ratis makes of it, must not end this host's part
            return new RaftFrame(
                    RaftFrame.FAILED, String.valueOf(e).getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte[] serve(HostId peer, RaftFrame request) throws IOException {
        switch (request.kind()) {
            case RaftFrame.APPEND -> {
                var append = AppendEntriesRequestProto.parseFrom(request.payload());
                check(peer, append.getServerRequest());
                return voter.running().appendEntries(append).toByteArray();
            }
            case RaftFrame.VOTE -> {
                var vote = RequestVoteRequestProto.parseFrom(request.payload());
                check(peer, vote.getServerRequest());
                return voter.running().requestVote(vote).toByteArray();
            }
            case RaftFrame.SNAPSHOT -> {
                var snapshot = InstallSnapshotRequestProto.parseFrom(request.payload());
                check(peer, snapshot.getServerRequest());
                return voter.running().installSnapshot(snapshot).toByteArray();
            }
            case RaftFrame.ELECT -> {
                var elect = StartLeaderElectionRequestProto.parseFrom(request.payload());
                check(peer, elect.getServerRequest());
                return voter.running().startLeaderElection(elect).toByteArray();
            }
            case RaftFrame.COMMIT -> {
                return commit(peer, ByteBuffer.wrap(request.payload()));
            }
            default -> throw new IOException("unknown kind of request " + request.kind());
        }
    }

    private void check(HostId peer, RaftRpcRequestProto header) throws IOException {
        if (!header.getRequestorId().toStringUtf8().equals(peer.value())) {
            throw new IOException("the request does not come from the host on this channel");
        }
        if (!header.getReplyId().toStringUtf8().equals(voter.self().value())) {
            throw new IOException("the request is for another host");
        }
    }

    private byte[] commit(HostId peer, ByteBuffer request) throws IOException {
        if (request.remaining() < 24 || request.remaining() > 24 + EntryCodec.MAX_LENGTH) {
            throw new IOException("commit of " + request.remaining() + " bytes");
        }
        ClientId client = ClientId.valueOf(new UUID(request.getLong(), request.getLong()));
        long call = request.getLong();
        byte[] entry = new byte[request.remaining()];
        request.get(entry);
        if (!voter.entries().read(entry).host().equals(peer)) {
            throw new IOException("the entry names another host than the one on this channel");
        }
        RaftClientReply reply = RaftVoter.await(voter.submit(client, call, entry), COMMIT_LIMIT);
        if (!reply.isSuccess()) {
            throw new IOException(String.valueOf(reply.getException()));
        }
        return reply.getMessage().getContent().toByteArray();
    }
}

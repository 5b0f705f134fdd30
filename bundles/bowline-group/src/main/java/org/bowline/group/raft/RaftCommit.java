package org.bowline.group.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One entry on its way to the leader, wherever that is. Client and call id stay the same in every
 * try, so that Ratis's retry cache (60 s) lets it take effect once.
 */
public final class RaftCommit {
    private static final Logger LOG = LoggerFactory.getLogger(RaftCommit.class);

    private final RaftVoter voter;
    private final RaftLinks links;
    private final ClientId client;
    private final long call;
    private final byte[] entry;

    RaftCommit(RaftVoter voter, RaftLinks links, ClientId client, long call, byte[] entry) {
        this.voter = voter;
        this.links = links;
        this.client = client;
        this.call = call;
        this.entry = entry;
    }

    /**
     * Tries once and waits for the outcome.
     *
     * @return the revision, 0 if a precondition did not hold; empty if nobody leads now or the
     *     leader did not say how it ended
     */
    public OptionalLong attempt(Duration limit) {
        Optional<HostId> leader = voter.leader();
        if (leader.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return leader.get().equals(voter.self()) ? here(limit) : there(leader.get(), limit);
        } catch (IOException e) {
            LOG.debug("A commit was not settled by {}", leader.get(), e);
            return OptionalLong.empty();
        }
    }

    private OptionalLong here(Duration limit) throws IOException {
        RaftClientReply reply = RaftVoter.await(voter.submit(client, call, entry), limit);
        if (!reply.isSuccess()) {
            throw new IOException(String.valueOf(reply.getException()));
        }
        return revision(reply.getMessage().getContent().toByteArray());
    }

    private OptionalLong there(HostId leader, Duration limit) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(24 + entry.length);
        request.put(client.toByteString().asReadOnlyByteBuffer()).putLong(call).put(entry);
        return revision(links.call(leader, RaftFrame.COMMIT, request.array(), limit));
    }

    private static OptionalLong revision(byte[] reply) throws IOException {
        if (reply.length != Long.BYTES) {
            throw new IOException("the leader's reply has " + reply.length + " bytes");
        }
        return OptionalLong.of(ByteBuffer.wrap(reply).getLong());
    }
}

package org.bowline.group.raft;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.bowline.api.transport.Channel;
import org.jspecify.annotations.Nullable;

/** Answers one channel of {@code raft/1} to its end. */
public final class RaftConversation {
    private final Supplier<@Nullable RaftVoter> voter;

    /**
     * @param voter this host's part in decisions now; null if it has none
     */
    public RaftConversation(Supplier<@Nullable RaftVoter> voter) {
        this.voter = voter;
    }

    public void hold(Channel channel) throws IOException {
        DataInputStream in = new DataInputStream(channel.input());
        for (RaftFrame request = RaftFrame.read(in);
                request != null;
                request = RaftFrame.read(in)) {
            RaftVoter now = voter.get();
            RaftFrame answer =
                    now == null
                            ? new RaftFrame(
                                    RaftFrame.FAILED, "no voter".getBytes(StandardCharsets.UTF_8))
                            : now.answer(channel.peer(), request);
            answer.write(channel.output());
        }
    }
}

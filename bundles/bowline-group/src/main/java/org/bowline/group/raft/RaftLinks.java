package org.bowline.group.raft;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Asks other voters: keeps a few idle channels to each, opens more when all are busy. A voter that
 * does not answer is left alone for a moment, since Ratis would try it every few milliseconds.
 */
final class RaftLinks implements Closeable {
    static final String PROTOCOL = "raft/1";

    private static final int IDLE_CHANNELS = 3;
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    /** A voter that failed: not asked again until then. */
    private record Silence(long until, long pause) {}

    private final Peers peers;
    private final LongConsumer disowned;
    private final Map<HostId, Silence> silent = new ConcurrentHashMap<>();
    private final Map<HostId, Deque<Channel>> idle = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this

    /**
     * @param disowned told at which revision another voter does not know this host as one
     */
    RaftLinks(Peers peers, LongConsumer disowned) {
        this.peers = peers;
        this.disowned = disowned;
    }

    /** Asks one voter and waits for its answer. */
    byte[] call(HostId voter, byte kind, byte[] payload, Duration limit) throws IOException {
        Channel channel = take(voter);
        RaftFrame answer;
        try {
            if (channel == null) {
                channel = open(voter);
            }
            channel.readTimeout(limit);
            new RaftFrame(kind, payload).write(channel.output());
            answer = RaftFrame.read(new DataInputStream(channel.input()));
            if (answer == null) {
                throw new IOException(voter + " closed the channel");
            }
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
        giveBack(voter, channel);
        if (answer.kind() == RaftFrame.NOT_A_VOTER) {
            disowned.accept(revision(answer.payload()));
            throw new IOException(voter + " does not know this host as a voter");
        }
        if (answer.kind() != RaftFrame.DONE) {
            throw new IOException(
                    voter + ": " + new String(answer.payload(), StandardCharsets.UTF_8));
        }
        return answer.payload();
    }

    private static long revision(byte[] payload) {
        return payload.length == Long.BYTES ? ByteBuffer.wrap(payload).getLong() : 0;
    }

    private Channel open(HostId voter) throws IOException {
        Silence silence = silent.get(voter);
        if (silence != null && System.nanoTime() - silence.until() < 0) {
            throw new IOException(voter + " did not answer a moment ago");
        }
        try {
            Channel channel = peers.open(voter, PROTOCOL);
            silent.remove(voter);
            return channel;
        } catch (IOException e) {
            long pause =
                    silence == null ? FIRST_PAUSE : Math.min(silence.pause() * 2, LONGEST_PAUSE);
            silent.put(voter, new Silence(System.nanoTime() + pause, pause));
            throw e;
        }
    }

    private synchronized @Nullable Channel take(HostId voter) {
        Deque<Channel> channels = idle.get(voter);
        return channels == null ? null : channels.pollFirst();
    }

    private synchronized void giveBack(HostId voter, Channel channel) {
        Deque<Channel> channels = idle.computeIfAbsent(voter, id -> new ArrayDeque<>());
        if (closed || channels.size() >= IDLE_CHANNELS) {
            channel.close();
        } else {
            channels.addFirst(channel);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.values().forEach(channels -> channels.forEach(Channel::close));
        idle.clear();
    }
}

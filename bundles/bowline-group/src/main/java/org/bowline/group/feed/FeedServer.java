package org.bowline.group.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bowline.api.group.Group;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.group.feed.FeedFrame.Hello;
import org.bowline.group.feed.FeedFrame.Refused;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.Ledger.Fed;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;

/**
 * Serves the feed to followers, each on its own thread and at its own speed, out of the ledger's
 * tail. So a follower that stalls holds one thread and no memory; when it reads again and the tail
 * has gone on, it gets a snapshot.
 */
public final class FeedServer {
    /**
     * What is served.
     *
     * @param ready whether this host is a voter that knows a leader: one that was cut off must not
     *     hold its followers back
     * @param voters who else may serve, told to who asks in vain
     */
    public record Source(
            String group,
            long generation,
            Ledger ledger,
            BooleanSupplier ready,
            Supplier<Set<HostId>> voters) {}

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration REMEMBERED = Group.LOST.multipliedBy(2);

    private final ObjectMapper json;
    private final SnapshotCodec snapshots;
    private final Supplier<Source> source;
    private final Set<Sender> senders = ConcurrentHashMap.newKeySet();
    private final Map<HostId, Long> takenAt = new ConcurrentHashMap<>(); // nanoTime

    public FeedServer(ObjectMapper json, SnapshotCodec snapshots, Supplier<Source> source) {
        this.json = json;
        this.snapshots = snapshots;
        this.source = source;
    }

    /** Serves one follower to its end. */
    public void serve(Channel channel) throws IOException {
        channel.readTimeout(PATIENCE);
        FeedFrame first = FeedFrame.read(new DataInputStream(channel.input()));
        if (first == null || first.kind() != FeedFrame.HELLO) {
            throw new IOException("no hello");
        }
        Hello hello = json.readValue(first.payload(), Hello.class);
        if (hello == null) {
            throw new IOException("an empty hello");
        }
        Source now = source.get();
        OutputStream out = new BufferedOutputStream(channel.output(), 16 << 10);
        Optional<Refused> refused = refuse(channel.peer(), hello, now);
        if (refused.isPresent()) {
            new FeedFrame(FeedFrame.REFUSED, json.writeValueAsBytes(refused.get())).write(out);
            out.flush();
            return;
        }
        Sender sender = new Sender(channel.peer(), hello, now, out);
        senders.add(sender);
        try {
            sender.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sender.end();
            senders.remove(sender);
        }
    }

    private static Optional<Refused> refuse(HostId peer, Hello hello, Source now) {
        State state = now.ledger().state();
        Member member = state.members().get(peer.value());
        String code;
        Set<HostId> voters = Set.of();
        if (!now.group().equals(hello.group()) || now.generation() != hello.generation()) {
            code = Refused.OTHER_GROUP;
        } else if (!now.ready().getAsBoolean()
                || state.revision() < Math.max(hello.link(), hello.revision())) {
            code = Refused.NOT_READY;
            voters = now.voters().get();
        } else if (member == null || member.link() != hello.link()) {
            code = Refused.NOT_A_MEMBER;
        } else {
            return Optional.empty();
        }
        return Optional.of(
                new Refused(code, now.group(), now.generation(), state.revision(), voters));
    }

    /** Who takes the feed from this host now. */
    public Set<HostId> fed() {
        return senders.stream().map(sender -> sender.peer).collect(Collectors.toSet());
    }

    /**
     * Notes whom presence hears now. Who was heard while it took the feed and then was not may be
     * gone behind a channel that has not failed yet: from then on that one proves nothing.
     */
    public void heard(Set<HostId> hosts) {
        senders.forEach(sender -> sender.heard(hosts.contains(sender.peer)));
        long now = System.nanoTime();
        takenAt.values().removeIf(at -> now - at > REMEMBERED.toNanos());
    }

    /** Whether that host takes the feed from this one for certain, or did so lately. */
    public boolean feeds(HostId host, Duration lately) {
        Long at = takenAt.get(host);
        return at != null && System.nanoTime() - at < lately.toNanos()
                || senders.stream().anyMatch(s -> s.peer.equals(host) && !s.doubted);
    }

    /** Waits until those hosts, as far as they listen, were sent that revision. */
    public void flush(Set<HostId> hosts, long revision, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Sender sender : senders) {
            if (hosts.contains(sender.peer)) {
                sender.awaitSent(revision, deadline);
            }
        }
    }

    private final class Sender {
        private final HostId peer;
        private final Hello hello;
        private final Source from;
        private final OutputStream out;
        private long sent; // guarded by this
        private boolean ended; // guarded by this
        private volatile boolean wasHeard;
        private volatile boolean doubted;

        Sender(HostId peer, Hello hello, Source from, OutputStream out) {
            this.peer = peer;
            this.hello = hello;
            this.from = from;
            this.out = out;
        }

        void run() throws IOException, InterruptedException {
            long at = hello.revision() == 0 ? sendSnapshot() : hello.revision();
            beat(); // at once, so that the follower knows that it is fed
            out.flush();
            taken();
            while (!from.ledger().isClosed() && from.ready().getAsBoolean()) { // or it asks another
                Optional<List<Fed>> next = from.ledger().after(at, BEAT);
                if (next.isEmpty()) {
                    at = sendSnapshot();
                    continue;
                }
                for (Fed fed : next.get()) {
                    FeedFrame.entry(fed.revision(), fed.entry()).write(out);
                    at = fed.revision();
                }
                if (next.get().isEmpty()) {
                    beat();
                }
                out.flush();
                taken();
                sent(at);
                if (!from.ledger().state().has(peer)) {
                    return;
                }
            }
        }

        /** By one thread at a time, that of the rounds. */
        private void heard(boolean isHeard) {
            doubted |= wasHeard && !isHeard;
            wasHeard |= isHeard;
        }

        private void taken() {
            if (!doubted) {
                takenAt.put(peer, System.nanoTime());
            }
        }

        private void beat() throws IOException {
            FeedFrame.beat(from.ledger().state().revision()).write(out);
        }

        private long sendSnapshot() throws IOException {
            State state = from.ledger().state();
            snapshots.write(state, new Chunks(out));
            new FeedFrame(FeedFrame.SNAPSHOT, new byte[0]).write(out);
            out.flush();
            sent(state.revision());
            return state.revision();
        }

        private synchronized void sent(long revision) {
            sent = revision;
            notifyAll();
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized void awaitSent(long revision, long deadline) {
            try {
                while (!ended && sent < revision) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return;
                    }
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Cuts what is written into snapshot frames; flush sends the rest. */
    private static final class Chunks extends OutputStream {
        private final OutputStream out;
        private final byte[] chunk = new byte[FeedFrame.CHUNK];
        private int filled;

        Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (filled == chunk.length) {
                flush();
            }
            chunk[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                if (filled == chunk.length) {
                    flush();
                }
                int some = Math.min(length - done, chunk.length - filled);
                System.arraycopy(bytes, offset + done, chunk, filled, some);
                filled += some;
                done += some;
            }
        }

        @Override
        public void flush() throws IOException {
            if (filled > 0) {
                byte[] bytes = Arrays.copyOf(chunk, filled);
                new FeedFrame(FeedFrame.SNAPSHOT, bytes).write(out);
                filled = 0;
            }
        }
    }
}

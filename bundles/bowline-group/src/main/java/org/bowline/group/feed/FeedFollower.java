package org.bowline.group.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bowline.api.group.FeedState;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.group.feed.FeedFrame.Hello;
import org.bowline.group.feed.FeedFrame.Refused;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.Ledger;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the feed of whichever voter answers: stores each entry, then hands it to the ledger. Owns
 * one thread, {@code bowline-feed}.
 */
public final class FeedFollower implements Closeable {
    /**
     * Whom and what to follow.
     *
     * @param link this host's link number
     * @param voters by the newest state; they alone feed, or say who does now
     */
    public record Target(
            HostId self,
            String group,
            long generation,
            long link,
            Peers peers,
            Supplier<Set<HostId>> voters) {}

    private interface Step {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE = 100; // ms
    private static final long LONGEST_PAUSE = 2000; // ms
    private static final long SYNC_EVERY = Duration.ofMillis(200).toNanos();

    private final Target target;
    private final ObjectMapper json;
    private final EntryCodec entries;
    private final SnapshotCodec snapshots;
    private final FeedDisk disk;
    private final Ledger ledger;
    private final Runnable changed;
    private final Thread thread = new Thread(this::run, "bowline-feed");
    private final Object lock = new Object();
    private @Nullable Channel channel; // guarded by lock
    private boolean closed; // guarded by lock
    private volatile FeedState state = FeedState.SEARCHING;
    private volatile @Nullable HostId source;
    private volatile long fedAt = System.nanoTime(); // or since when it waits to be
    private final Feeders feeders; // the feed's thread alone
    private long syncedAt; // the feed's thread alone
    private String complaint = ""; // the feed's thread alone

    /**
     * @param changed called when the source or {@link #state} changed; must not block
     */
    public FeedFollower(
            Target target,
            ObjectMapper json,
            EntryCodec entries,
            SnapshotCodec snapshots,
            FeedDisk disk,
            Ledger ledger,
            Runnable changed) {
        this.target = target;
        this.feeders = new Feeders(target.self(), target.voters());
        this.json = json;
        this.entries = entries;
        this.snapshots = snapshots;
        this.disk = disk;
        this.ledger = ledger;
        this.changed = changed;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public FeedState state() {
        return state;
    }

    /** The voter that feeds this host now. */
    public Optional<HostId> source() {
        return Optional.ofNullable(source);
    }

    /** For how long nobody has fed this host, if nobody does. */
    public Optional<Duration> lost() {
        return source == null
                ? Optional.of(Duration.ofNanos(System.nanoTime() - fedAt))
                : Optional.empty();
    }

    private void run() {
        long pause = FIRST_PAUSE;
        while (!isClosed()) {
            pause = isFed() ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
            rest(pause);
        }
    }

    /** Tries each voter once, also those that are named meanwhile; whether one fed anything. */
    private boolean isFed() {
        Set<HostId> tried = new HashSet<>();
        for (Optional<HostId> next = untried(tried); next.isPresent(); next = untried(tried)) {
            tried.add(next.get());
            if (follow(next.get())) {
                return true;
            }
        }
        return false;
    }

    private Optional<HostId> untried(Set<HostId> tried) {
        return isClosed()
                ? Optional.empty()
                : feeders.all().stream().filter(host -> !tried.contains(host)).findFirst();
    }

    /** Follows one voter to its end; whether it fed anything. */
    private boolean follow(HostId voter) {
        boolean fed = false;
        try (Channel open = target.peers().open(voter, "feed/1")) {
            if (!take(open)) {
                return false;
            }
            open.readTimeout(SILENCE);
            greet(open);
            DataInputStream in = new DataInputStream(open.input());
            for (FeedFrame next = FeedFrame.read(in); next != null; next = FeedFrame.read(in)) {
                if (next.kind() == FeedFrame.REFUSED) {
                    refused(voter, json.readValue(next.payload(), Refused.class));
                    return false;
                }
                if (!fed) {
                    feeders.begin(voter);
                } else if (!feeders.has(voter)) {
                    throw new IOException("it votes no more");
                }
                apply(voter, next, in);
                fed = true;
                fedAt = System.nanoTime();
                if (source == null) {
                    now(FeedState.CONNECTED, voter);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("No feed from {}", voter, e);
        } finally {
            take(null);
        }
        if (state != FeedState.REFUSED || fed) {
            now(ledger.state().has(target.self()) ? FeedState.SEARCHING : FeedState.REFUSED, null);
        }
        return fed;
    }

    private void greet(Channel open) throws IOException {
        Hello hello =
                new Hello(
                        1,
                        target.group(),
                        target.generation(),
                        target.link(),
                        ledger.state().revision());
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        new FeedFrame(FeedFrame.HELLO, json.writeValueAsBytes(hello)).write(frame);
        open.output().write(frame.toByteArray());
        open.output().flush();
    }

    private void apply(HostId voter, FeedFrame frame, DataInputStream in) throws IOException {
        switch (frame.kind()) {
            case FeedFrame.ENTRY -> {
                ByteBuffer body = ByteBuffer.wrap(frame.payload());
                long revision = body.getLong();
                byte[] entry = new byte[body.remaining()];
                body.get(entry);
                keep(() -> apply(revision, entry));
            }
            case FeedFrame.SNAPSHOT -> {
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                FeedFrame next = frame;
                while (next.payload().length > 0) {
                    whole.write(next.payload());
                    next = FeedFrame.read(in);
                    if (next == null || next.kind() != FeedFrame.SNAPSHOT) {
                        throw new IOException("the snapshot is cut");
                    }
                }
                keep(() -> apply(whole.toByteArray()));
            }
            case FeedFrame.BEAT -> {
                if (ledger.state().revision() >= ByteBuffer.wrap(frame.payload()).getLong()) {
                    feeders.caughtUp(voter);
                }
            }
            default -> {
                // what a later release sends
            }
        }
        if (in.available() == 0 || System.nanoTime() - syncedAt > SYNC_EVERY) {
            keep(disk::sync);
            syncedAt = System.nanoTime();
        }
    }

    /**
     * What may fail here is this host's disk, or that its release is too old: a person must know.
     */
    private void keep(Step step) throws IOException {
        try {
            step.run();
            complaint = "";
        } catch (IOException | RuntimeException e) {
            if (!complaint.equals(String.valueOf(e))) {
                complaint = String.valueOf(e);
                LOG.warn("Cannot keep what the feed brings; it is asked for it again", e);
            }
            throw e;
        }
    }

    private void apply(byte[] snapshot) throws IOException {
        State read = snapshots.read(new ByteArrayInputStream(snapshot));
        if (read.revision() > disk.state().revision()) {
            disk.replace(read);
            ledger.publish(read);
        }
    }

    private void apply(long revision, byte[] entry) throws IOException {
        State now = ledger.state();
        if (revision <= now.revision()) {
            return;
        }
        if (revision != now.revision() + 1) {
            throw new IOException("entry " + revision + " after " + now.revision());
        }
        State next =
                now.apply(entries.read(entry))
                        .orElseThrow(() -> new IOException("entry that does not fit"));
        disk.append(next, entry);
        ledger.publish(next, entry);
    }

    private void refused(HostId voter, Refused refused) {
        if (refused.code().equals(Refused.NOT_READY)) {
            named(voter, refused);
            return;
        }
        if (refused.code().equals(Refused.NOT_A_MEMBER)) {
            fedAt = System.nanoTime(); // that leader is not lost: this host is out
        }
        if (state != FeedState.REFUSED) {
            LOG.info("Host {} refuses to feed this host: {}", voter, refused.code());
        }
        now(FeedState.REFUSED, null);
    }

    /** Who voted, as far as this host knows, may say who votes now, if it knows no less. */
    private void named(HostId voter, Refused refused) {
        State known = ledger.state();
        if (refused.revision() < known.revision()) {
            return;
        }
        Set<HostId> members = new HashSet<>(refused.voters());
        members.removeIf(host -> !known.has(host));
        LOG.debug("Host {} does not feed, and names {}", voter, members);
        feeders.name(members);
    }

    private void now(FeedState next, @Nullable HostId voter) {
        if (state != next || !Objects.equals(source, voter)) {
            state = next;
            source = voter;
            changed.run();
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private boolean take(@Nullable Channel open) {
        synchronized (lock) {
            channel = open;
            return !closed;
        }
    }

    private void rest(long millis) {
        synchronized (lock) {
            try {
                long deadline = System.nanoTime() + millis * 1_000_000;
                for (long left = millis; left > 0 && !closed; ) {
                    lock.wait(left);
                    left = (deadline - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    /** Ends the thread and closes the disk. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            if (channel != null) {
                channel.close();
            }
            lock.notifyAll();
        }
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disk.close();
    }
}

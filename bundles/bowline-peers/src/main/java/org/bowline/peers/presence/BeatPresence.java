package org.bowline.peers.presence;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.bowline.api.Subscription;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.peers.Said;
import org.bowline.api.transport.Channel;
import org.bowline.peers.NamedThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presence by beats over {@code presence/1}: every host tells its leader what it says of itself,
 * and leaders tell everybody everything. Without a leader, hosts tell each other.
 *
 * <p>Owns the thread {@code bowline-presence}, which alone sends and calls watchers, and those of
 * {@link Links} and {@link Diallers}.
 */
@Component(service = {Presence.class, ProtocolHandler.class})
public final class BeatPresence implements Presence, ProtocolHandler {
    static final String PROTOCOL = "presence/1";

    private static final Logger LOG = LoggerFactory.getLogger(BeatPresence.class);

    private final Trust trust;
    private final Pace pace;
    private final Board board;
    private final Links links = new Links(this::catchUp);
    private final Watchers watchers = new Watchers();
    private final WordCodec codec = new WordCodec();
    private final ScheduledThreadPoolExecutor ticker =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("bowline-presence"));
    private final AtomicBoolean flushDue = new AtomicBoolean();
    private final Diallers diallers;
    private volatile long flushedAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private Subscription trustWatch = () -> {};

    @Activate // wiring only; no thread runs before start
    public BeatPresence(
            @Reference Peers peers,
            @Reference Trust trust,
            @Reference Identity identity,
            @Reference Host host) {
        this(peers, trust, identity.id(), host.bootId(), Pace.USUAL);
    }

    BeatPresence(Peers peers, Trust trust, HostId self, String bootId, Pace pace) {
        this.trust = trust;
        this.pace = pace;
        board = new Board(self, bootId, pace, System::nanoTime);
        long spread = pace.beat().toMillis();
        diallers = new Diallers(peers, this::hold, ticker, links::later, spread);
        ticker.setRemoveOnCancelPolicy(true);
        ticker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ticker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Activate
    void start() {
        trustWatch = trust.watch(this::trustChanged);
        trustChanged();
        long beat = pace.beat().toMillis();
        ticker.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() {
        trustWatch.close();
        ticker.shutdownNow();
        diallers.stop();
        links.stop();
    }

    @Override
    public void say(String key, byte[] value) {
        if (key.isBlank() || key.length() > WordCodec.MAX_KEY) {
            throw new IllegalArgumentException("key of " + key.length() + " characters: " + key);
        }
        if (value.length > MAX_VALUE) {
            throw new IllegalArgumentException(
                    key + " of " + value.length + " bytes, expected at most " + MAX_VALUE);
        }
        if (board.say(key, value)) {
            changed();
        }
    }

    @Override
    public Map<HostId, Said> heard() {
        return board.heard();
    }

    @Override
    public void arrange(Set<HostId> dial, Set<HostId> leaders, boolean judge) {
        if (board.isArranged(dial, leaders, judge)) {
            return;
        }
        Set<HostId> promoted = board.arrange(dial, leaders, judge);
        links.closeAll(link -> promoted.contains(link.voice.peer));
        dialWanted();
        changed();
    }

    @Override
    public Subscription watch(Runnable changed) {
        return watchers.add(changed);
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void handle(Channel channel) throws IOException {
        hold(channel, true);
    }

    private void hold(Channel channel, boolean accepted) throws IOException {
        channel.readTimeout(pace.silence());
        Link link = new Link(channel, board.join(channel.peer()), accepted);
        links.add(link);
        try {
            changed(); // the peer is told everything at once
            DataInputStream in = new DataInputStream(new BufferedInputStream(channel.input()));
            for (Optional<Word> word = codec.read(in); word.isPresent(); word = codec.read(in)) {
                if (board.hear(link.voice, word.get())) {
                    changed();
                }
            }
        } finally {
            links.remove(link);
            board.leave(link.voice);
        }
    }

    private void trustChanged() {
        Set<HostId> members =
                trust.all().stream().map(TrustedHost::id).collect(Collectors.toUnmodifiableSet());
        if (board.members(members)) {
            changed();
        }
    }

    /** Has everybody told soon; calls in between make no difference. */
    private void changed() {
        if (flushDue.compareAndSet(false, true)) {
            long pause = (board.judges() ? pace.mergePause() : pace.ownPause()).toNanos();
            long wait = Math.max(0, flushedAt + pause - System.nanoTime());
            ticker.schedule(this::flush, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void flush() {
        flushDue.set(false);
        flushedAt = System.nanoTime();
        try {
            send(false);
            watchers.call();
        } catch (RuntimeException e) {
            LOG.warn("Telling others what changed failed; tried again at the next change", e);
        }
    }

    private void beat() {
        try {
            if (board.beat()) {
                changed();
            }
            links.closeAll(link -> link.stuck(pace.stuck()));
            dialWanted();
            send(true);
        } catch (RuntimeException e) {
            LOG.warn("A beat failed; the next one follows", e);
        }
    }

    private void send(boolean isBeat) {
        Outbox outbox = new Outbox(board, codec, isBeat);
        for (Link link : links.open()) {
            tell(link, outbox);
        }
    }

    private void tell(Link link, Outbox outbox) {
        if (outbox.isEmpty(link.voice)) {
            return;
        }
        if (link.claim()) {
            links.send(link, outbox.take(link.voice));
        } else {
            LOG.debug("{} still reads; it is told once it has read", link.voice.peer);
        }
    }

    /** A link that was still writing when there was something to tell is idle now. */
    private void catchUp(Link link) {
        ticker.execute(() -> tell(link, new Outbox(board, codec, false)));
    }

    private void dialWanted() {
        synchronized (diallers) { // so that what was found last is done last
            Set<HostId> wanted = board.wanted(links.answered());
            diallers.want(wanted, board.urgent(wanted));
        }
    }
}

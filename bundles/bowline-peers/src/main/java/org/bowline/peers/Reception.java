package org.bowline.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on every transport there is and hands each accepted channel to whoever serves its
 * protocol, on a thread of {@code bowline-peers}. Transports and handlers come and go meanwhile;
 * the channels of one that goes are closed.
 */
@Component(
        service = {},
        configurationPid = Limits.PID)
public final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final long IDLE_THREAD_SECONDS = 30;
    private static final Duration WARN_EVERY = Duration.ofMinutes(1);

    private final Trust trust;
    private final ChannelWatch watch;
    private final Whereabouts whereabouts;
    private final Duration strangerIdle;
    private final Duration strangerLife;
    private final Turnstile turnstile;
    private final ThreadPoolExecutor threads;
    private final List<ProtocolHandler> handlers = new CopyOnWriteArrayList<>();
    private final Map<Channel, ProtocolHandler> served = new ConcurrentHashMap<>();
    private final Map<Transport, Listening> doors = new IdentityHashMap<>(); // guarded by doors
    private final Seldom warnsOfFull = new Seldom(WARN_EVERY, System::nanoTime);
    private final Seldom warnsOfStrangers = new Seldom(WARN_EVERY, System::nanoTime);
    private boolean started; // guarded by doors

    @Activate // wiring only; nothing listens before start
    public Reception(
            @Reference Trust trust,
            @Reference ChannelWatch watch,
            @Reference Whereabouts whereabouts,
            Limits limits) {
        this.trust = trust;
        this.watch = watch;
        this.whereabouts = whereabouts;
        strangerIdle = Duration.ofMillis(limits.stranger_idle_ms());
        strangerLife = Duration.ofMillis(limits.stranger_life_ms());
        turnstile = new Turnstile(limits);
        threads =
                new ThreadPoolExecutor(
                        0,
                        limits.channels(),
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new NamedThreads("bowline-peers"));
    }

    @Activate
    void start() {
        synchronized (doors) {
            started = true;
            doors.values().forEach(Listening::begin);
        }
    }

    @Deactivate
    void stop() {
        synchronized (doors) {
            doors.values().forEach(Listening::close);
            doors.clear();
        }
        served.keySet().forEach(watch::closeSoon);
        threads.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        Listening door = new Listening(transport, channel -> accepted(channel, transport), watch);
        synchronized (doors) {
            doors.put(transport, door);
            if (started) {
                door.begin();
            }
        }
    }

    void removeTransport(Transport transport) {
        Listening door;
        synchronized (doors) {
            door = doors.remove(transport);
        }
        if (door != null) {
            door.close();
        }
        watch.closeAll(channel -> channel.via() == transport);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHandler(ProtocolHandler handler) {
        handlers.add(0, handler); // of two releases of one handler, the newer one serves
    }

    void removeHandler(ProtocolHandler handler) {
        handlers.remove(handler);
        served.forEach(
                (channel, by) -> {
                    if (by == handler) {
                        watch.closeSoon(channel);
                    }
                });
    }

    private void accepted(Channel channel, Transport via) {
        HostId peer = channel.peer();
        boolean stranger = trust.find(peer).isEmpty();
        if (!turnstile.enter(channel, stranger)) {
            LOG.debug(
                    "{} has too many channels; one more for {} is closed",
                    peer,
                    channel.protocol());
            watch.closeSoon(channel);
            return;
        }
        try {
            threads.execute(() -> receive(channel, via, stranger));
        } catch (RejectedExecutionException e) {
            full(channel, e);
            turnstile.leave(channel, stranger);
            watch.closeSoon(channel);
        }
    }

    private void full(Channel channel, RejectedExecutionException e) {
        if (warnsOfFull.now()) {
            LOG.warn(
                    "All {} threads for other hosts are taken; channels are closed until one is"
                            + " free (setting channels of {})",
                    threads.getMaximumPoolSize(),
                    Limits.PID);
        }
        LOG.debug("No thread for {} of {}", channel.protocol(), channel.peer(), e);
    }

    private void receive(Channel channel, Transport via, boolean stranger) {
        try (WatchedChannel watched = watch.watch(channel, via)) {
            if (stranger) {
                watched.restrict(strangerIdle, strangerLife);
            } else {
                whereabouts.seen(watched.peer(), watched.remote().ip());
            }
            serve(watched, stranger);
        } catch (IOException e) {
            LOG.debug("{} of {} ended", channel.protocol(), channel.peer(), e);
        } finally {
            turnstile.leave(channel, stranger);
        }
    }

    private void serve(WatchedChannel channel, boolean stranger) throws IOException {
        Optional<ProtocolHandler> found = handler(channel.protocol());
        if (found.isEmpty()) {
            Greeting.NO_SUCH_PROTOCOL.write(channel);
            return;
        }
        ProtocolHandler handler = found.get();
        served.put(channel, handler);
        try {
            if (handlers.contains(handler)) { // else it went before it could be found in served
                Greeting.ACCEPTED.write(channel);
                handler.handle(channel);
            }
        } catch (RuntimeException | Error e) {
            if (!stranger || warnsOfStrangers.now()) {
                LOG.warn("{} failed and is closed", channel, e);
            } else {
                LOG.debug("{} failed and is closed", channel, e);
            }
        } finally {
            served.remove(channel);
        }
    }

    private Optional<ProtocolHandler> handler(String protocol) {
        return handlers.stream().filter(one -> one.protocol().equals(protocol)).findFirst();
    }
}

package org.bowline.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bowline.api.Subscription;
import org.bowline.api.identity.Trust;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every open channel, dialled or accepted, and closes those whose peer is no longer trusted
 * with them, reads nothing, or is a stranger that stays too long. A service inside this bundle
 * only.
 *
 * <p>Owns the thread {@code bowline-peers-watch}, and while channels are being closed {@code
 * bowline-peers-close}: a close may wait for a peer that reads nothing, and nobody else should.
 */
@Component(service = ChannelWatch.class, configurationPid = Limits.PID)
@Designate(ocd = Limits.class)
public final class ChannelWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);
    private static final int CLOSERS = 16;
    private static final long LONGEST_ROUND_MS = 1000;

    private final Trust trust;
    private final Limits limits;
    private final Set<WatchedChannel> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("bowline-peers-watch"));
    private final ThreadPoolExecutor closers =
            new ThreadPoolExecutor(
                    CLOSERS,
                    CLOSERS,
                    1,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new NamedThreads("bowline-peers-close"));
    private volatile boolean stopped;
    private Subscription trustWatch = () -> {};

    @Activate // wiring only; no thread runs before start
    public ChannelWatch(@Reference Trust trust, Limits limits) {
        this.trust = trust;
        this.limits = limits;
        closers.allowCoreThreadTimeOut(true);
        closers.setRejectedExecutionHandler((close, pool) -> close.run());
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Activate
    void start() {
        long round = Math.min(LONGEST_ROUND_MS, limits.write_deadline_ms() / 4 + 1);
        timer.scheduleWithFixedDelay(this::closeStuck, round, round, TimeUnit.MILLISECONDS);
        trustWatch = trust.watch(this::closeUntrusted);
    }

    @Deactivate
    void stop() {
        stopped = true;
        trustWatch.close();
        timer.shutdownNow();
        closeAll(channel -> true);
        closers.shutdown();
    }

    /**
     * Watches a channel from now on.
     *
     * @param via the transport it came over
     * @throws IOException if its peer may not have it; it is closed then
     */
    WatchedChannel watch(Channel channel, Transport via) throws IOException {
        WatchedChannel watched = new WatchedChannel(channel, via, open::remove);
        open.add(watched);
        if (stopped) {
            closeSoon(watched);
            throw new IOException("this host closes all channels now");
        }
        if (!trust.mayOpen(channel.peer(), channel.protocol())) {
            closeSoon(watched);
            throw new IOException(channel.peer() + " is not a member");
        }
        return watched;
    }

    /** Closes what fits, without waiting. */
    void closeAll(Predicate<WatchedChannel> which) {
        open.stream().filter(which).forEach(this::closeSoon);
    }

    /** Closes on a thread that may wait. */
    void closeSoon(Channel channel) {
        closers.execute(channel::close);
    }

    /** Runs a short task later, on the thread that watches; nothing runs once this has stopped. */
    void later(Runnable task, Duration delay) {
        timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many channels are open now. */
    int count() {
        return open.size();
    }

    private void closeUntrusted() {
        closeAll(channel -> !trust.mayOpen(channel.peer(), channel.protocol()));
    }

    private void closeStuck() {
        Duration deadline = Duration.ofMillis(limits.write_deadline_ms());
        for (WatchedChannel channel : open) {
            if (channel.stuck(deadline)) {
                LOG.warn("{} reads nothing for {}; closed, it may dial again", channel, deadline);
                closeSoon(channel);
            } else if (channel.outlived()) {
                LOG.debug("{} is a stranger's and took too long; closed", channel);
                closeSoon(channel);
            }
        }
    }
}

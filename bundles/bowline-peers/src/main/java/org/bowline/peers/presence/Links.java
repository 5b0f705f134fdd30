package org.bowline.peers.presence;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bowline.api.identity.HostId;
import org.bowline.peers.NamedThreads;

/**
 * The open channels of presence, and the few threads that write to all of them: {@code
 * bowline-presence-send}, and {@code bowline-presence-close} while a channel is being closed. Safe
 * for use by any thread; no call waits.
 */
final class Links {
    private static final int SENDERS = 2;
    private static final int CLOSERS = 8;

    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor senders = pool(SENDERS, "bowline-presence-send");
    private final ThreadPoolExecutor closers = pool(CLOSERS, "bowline-presence-close");
    private final Consumer<Link> awaited;

    /**
     * @param awaited called when a link is idle again to which somebody wanted to write
     */
    Links(Consumer<Link> awaited) {
        this.awaited = awaited;
    }

    /** Adds a link; an older one that the same peer dialled is closed. */
    void add(Link link) {
        closeAll(old -> link.accepted && old.accepted && old.voice.peer.equals(link.voice.peer));
        open.add(link);
    }

    void remove(Link link) {
        open.remove(link);
    }

    Set<Link> open() {
        return open;
    }

    /** Those who dialled this host. */
    Set<HostId> answered() {
        return open.stream()
                .filter(link -> link.accepted)
                .map(link -> link.voice.peer)
                .collect(Collectors.toSet());
    }

    /** Writes on another thread; the link was claimed by the caller. */
    void send(Link link, List<byte[]> frames) {
        senders.execute(
                () -> {
                    if (link.write(frames)) {
                        awaited.accept(link);
                    }
                });
    }

    void closeAll(Predicate<Link> which) {
        open.stream().filter(which).forEach(link -> later(link.channel::close));
    }

    /** Runs what may wait for a peer that reads nothing. */
    void later(Runnable close) {
        closers.execute(close);
    }

    /** Closes every link, and ends the threads when that is done. */
    void stop() {
        closeAll(link -> true);
        senders.shutdownNow();
        closers.shutdown();
    }

    private static ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        size,
                        size,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new NamedThreads(name));
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }
}

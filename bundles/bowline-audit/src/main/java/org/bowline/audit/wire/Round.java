package org.bowline.audit.wire;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bowline.api.identity.HostId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks many hosts at once for a page. Owns a few threads {@code bowline-audit-ask}, which end when
 * nobody is asked.
 */
public final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int THREADS = 16;

    private final Asking asking;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    work -> {
                        Thread thread = new Thread(work, "bowline-audit-ask");
                        thread.setDaemon(true);
                        return thread;
                    });

    public Round(Asking asking) {
        this.asking = asking;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Ends the threads. */
    public void stop() {
        threads.shutdownNow();
    }

    /** Asks them all, and waits at most five seconds; who did not answer by then is missing. */
    public void ask(Collection<HostId> hosts, int most, Optional<Instant> before, Merge into) {
        long end = System.nanoTime() + LONGEST.toNanos();
        Map<HostId, Future<?>> asked = new HashMap<>();
        for (HostId host : hosts) {
            asked.put(host, threads.submit(() -> one(host, most, before, into, end)));
        }
        for (HostId host : asked.keySet()) {
            await(host, asked, into, end);
        }
    }

    private static void await(HostId host, Map<HostId, Future<?>> asked, Merge into, long end) {
        Future<?> answer = asked.get(host);
        if (answer == null) {
            return;
        }
        try {
            answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            into.missing(host, tooLate());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            into.missing(host, "it was not waited for");
        } catch (ExecutionException e) {
            LOG.warn("Asking {} for its audit log failed", host, e);
            into.missing(host, "asking it failed: " + e.getCause());
        }
    }

    private void one(HostId host, int most, Optional<Instant> before, Merge into, long end) {
        if (System.nanoTime() - end >= 0) {
            into.missing(host, tooLate());
            return;
        }
        try {
            Asking.Lines page = asking.page(host, most, before, into.floor());
            into.add(page.lines(), page.more(), page.cut());
        } catch (IOException e) {
            LOG.debug("No lines of {}", host, e);
            into.missing(host, String.valueOf(e.getMessage()));
        }
    }

    private static String tooLate() {
        return "no answer within " + LONGEST.toSeconds() + " s";
    }
}

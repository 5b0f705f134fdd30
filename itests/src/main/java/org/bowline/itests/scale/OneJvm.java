package org.bowline.itests.scale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.bowline.api.Actor;
import org.bowline.api.group.Group;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.peers.Presence;
import org.bowline.api.transport.Transport;
import org.bowline.itests.AgentFiles;
import org.bowline.itests.Site;

/**
 * A whole agent without faces, one of many in this JVM: own key, directory and port, real TLS on
 * loopback. All its threads stand in a thread group of its own, so that what it costs can be told
 * from what others cost.
 */
final class OneJvm implements AutoCloseable {
    static final Actor OPERATOR = new Actor("operator", "rest");

    private static final Duration READY = Duration.ofSeconds(60);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final ThreadGroup threads;
    private final ExecutorService hands;
    private final Wiring wiring;

    /**
     * @param base gets {@code etc} and {@code data}
     * @param ip loopback address of its own
     * @param limits settings by PID, above what the agent would have
     * @param line put around its transport
     */
    OneJvm(
            List<Descriptor> rooms,
            Path base,
            String name,
            String ip,
            Map<String, Map<String, Object>> limits,
            UnaryOperator<Transport> line)
            throws IOException {
        this.name = name;
        threads = new ThreadGroup(name);
        hands =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread thread = new Thread(threads, work, "hands of " + name);
                            thread.setDaemon(true);
                            return thread;
                        });
        new AgentFiles(name, ip, 5080, 5082, "", AgentFiles.secret(), "").write(base);
        wiring =
                new Wiring(
                        rooms,
                        Map.of(
                                "bowline.base", base.toString(),
                                "bowline.etc", base.resolve("etc").toString(),
                                "bowline.data",
                                        Files.createDirectories(base.resolve("data")).toString()));
        limits.forEach(wiring::with);
        wiring.around(Transport.class, line);
    }

    /** Starts it, and waits until it can be linked. */
    OneJvm start() throws IOException {
        act(
                () -> {
                    wiring.start();
                    return this;
                });
        Site.await(
                name + " is complete; what waits: " + wiring.unsatisfied(),
                READY,
                () -> wiring.find(Pairing.class).isPresent());
        return this;
    }

    String name() {
        return name;
    }

    HostId id() {
        return group().view().self();
    }

    Group group() {
        return service(Group.class);
    }

    Pairing pairing() {
        return service(Pairing.class);
    }

    Presence presence() {
        return service(Presence.class);
    }

    <T> T service(Class<T> type) {
        return wiring.find(type).orElseThrow();
    }

    /** Leads if it does not yet; the token it shows now. */
    String token() throws IOException {
        return act(() -> pairing().startLeading(OPERATOR)).token().orElseThrow().text();
    }

    /** Begins to link. */
    Operation link(String token) throws IOException {
        return act(() -> pairing().link(token, OPERATOR));
    }

    /** How the last link ended; waits for that. */
    Operation linked(Duration limit) throws IOException {
        Site.await(name + " ends its link", limit, this::hasLinked);
        return last();
    }

    private boolean hasLinked() {
        LinkStatus status = last().status();
        return status == LinkStatus.COMPLETED || status == LinkStatus.FAILED;
    }

    private Operation last() {
        return pairing().link().last().orElseThrow();
    }

    /** Does something as this host: threads that come of it are counted as its own. */
    <T> T act(Callable<T> work) throws IOException {
        try {
            return hands.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(name + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** How many threads it has. */
    int threadCount() {
        return threadList().length;
    }

    /** CPU seconds that the threads it has now have used. */
    double cpuSeconds() {
        long nanos = 0;
        for (Thread thread : threadList()) {
            nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getId()));
        }
        return nanos / 1e9;
    }

    Thread[] threadList() {
        Thread[] found = new Thread[threads.activeCount() + 64];
        int count = threads.enumerate(found);
        return Arrays.copyOf(found, count);
    }

    @Override
    public void close() throws IOException {
        try {
            act(
                    () -> {
                        wiring.close();
                        return this;
                    });
        } finally {
            hands.shutdown();
        }
    }
}

package org.bowline.itests.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.bowline.api.transport.Transport;
import org.bowline.itests.Site;

/**
 * A leader and its followers in this JVM, each at a loopback address of its own. They all dial from
 * 127.0.0.1, so what a host bears from one address is set to what it would bear from many.
 */
final class Crowd implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int STARTERS = 3;
    private static final int TOGETHER = 6;
    private static final Map<String, Map<String, Object>> FROM_MANY_ADDRESSES =
            Map.of(
                    "bowline.transport.tls",
                    Map.of("connections.per.source", 1 << 16, "half.open", 128),
                    "bowline.peers",
                    Map.of("stranger.channels.per.address", 32));

    private final List<Descriptor> rooms =
            Descriptor.all(Thread.currentThread().getContextClassLoader());
    private final int net = 64 + (int) (ProcessHandle.current().pid() % 128);
    private final Path folder;
    private final Line line = new Line();
    private final OneJvm leader;
    private final List<OneJvm> followers = new ArrayList<>();
    private final List<OneJvm> hosts = new ArrayList<>();

    Crowd(Path folder) throws IOException {
        this.folder = folder;
        leader = host(line::around).start();
    }

    OneJvm leader() {
        return leader;
    }

    List<OneJvm> followers() {
        return List.copyOf(followers);
    }

    /** The leader's line to its followers. */
    Line line() {
        return line;
    }

    /** Starts fresh hosts, which are not linked. */
    List<OneJvm> started(int count) throws IOException {
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
        try {
            List<Future<OneJvm>> starting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                OneJvm host = host(UnaryOperator.identity());
                starting.add(starters.submit(host::start));
            }
            List<OneJvm> started = new ArrayList<>();
            for (Future<OneJvm> one : starting) {
                started.add(one.get());
            }
            return started;
        } catch (ExecutionException e) {
            throw new IOException("a host did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            starters.shutdownNow();
        }
    }

    /**
     * Starts and links followers, one token each, until there are so many; waits for all. A few at
     * a time: hosts that start must not keep those that are linked from their beats.
     */
    void growTo(int count) throws IOException {
        while (followers.size() < count) {
            List<OneJvm> joining = started(Math.min(TOGETHER, count - followers.size()));
            for (OneJvm host : joining) {
                String token = leader.token();
                host.link(token);
                Site.await("the token is used", SOON, () -> !leader.token().equals(token));
            }
            for (OneJvm host : joining) {
                Operation ended = host.linked(SOON);
                if (ended.status() != LinkStatus.COMPLETED) {
                    throw new IOException(host.name() + " did not link: " + ended);
                }
                followers.add(host);
            }
        }
        Site.await("all see all", SOON, this::allSeeAll);
    }

    private boolean allSeeAll() {
        return followers.stream()
                .allMatch(
                        host ->
                                host.group().view().members().size() == followers.size() + 1
                                        && host.presence().heard().values().stream()
                                                        .filter(said -> said.reachable())
                                                        .count()
                                                == followers.size() + 1);
    }

    private OneJvm host(UnaryOperator<Transport> around) throws IOException {
        int number = hosts.size();
        String ip = "127." + net + "." + number / 250 + "." + (number % 250 + 1);
        String name = "edge-" + number;
        OneJvm host =
                new OneJvm(rooms, folder.resolve(name), name, ip, FROM_MANY_ADDRESSES, around);
        hosts.add(host);
        return host;
    }

    /** Ends all hosts, the leader last. */
    @Override
    public void close() throws IOException {
        IOException failed = new IOException("hosts did not end well");
        for (int i = hosts.size() - 1; i >= 0; i--) {
            try {
                hosts.get(i).close();
            } catch (IOException e) {
                failed.addSuppressed(e);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}

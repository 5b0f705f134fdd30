package org.bowline.itests.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures what one leader with many followers costs, all of them whole agents in this JVM: CPU at
 * rest, threads, memory, bytes on the wire, the time for one change to reach all, and whether one
 * stalled follower slows the others.
 *
 * <p>Run on demand, in a network namespace of its own so that nobody else's bytes are counted:
 * {@code unshare -n sh -c 'ip link set lo up; java -Xss256k -cp … org.bowline.itests.scale.Scale 10
 * 100 300'}.
 */
public final class Scale {
    private static final int REST_SECONDS = Integer.getInteger("rest.seconds", 30);
    private static final int CHANGES = Integer.getInteger("changes", 100);
    private static final int SETTLE_SECONDS = 10;

    private record Row(
            int followers,
            double leaderCpu,
            double allCpu,
            int leaderThreads,
            double followerThreads,
            double heap,
            double rss,
            double wire,
            Times commit,
            Times presence,
            Times commitBesideStalled,
            Times presenceBesideStalled) {}

    private final Crowd crowd;
    private final Spread spread = new Spread();
    private final OperatingSystemMXBean machine =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Scale(Crowd crowd) {
        this.crowd = crowd;
    }

    /** Measures with each number of followers and prints. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("bowline-scale-");
        List<Row> rows = new ArrayList<>();
        try (Crowd crowd = new Crowd(folder)) {
            Scale scale = new Scale(crowd);
            for (int followers : Arrays.stream(args).mapToInt(Integer::parseInt).toArray()) {
                rows.add(scale.measure(followers));
                print(rows.get(rows.size() - 1), rows.get(0));
            }
        }
    }

    private Row measure(int count) throws Exception {
        long began = System.nanoTime();
        crowd.growTo(count);
        System.out.printf(
                Locale.ROOT,
                "%d followers; to start and link the last ones took %.0f s%n",
                count,
                (System.nanoTime() - began) / 1e9);
        OneJvm leader = crowd.leader();
        List<OneJvm> all = crowd.followers();
        spread.commits(leader, all, CHANGES / 4); // warms up
        Times commit = spread.commits(leader, all, CHANGES);
        Times presence = spread.presence(all.get(0), all, CHANGES);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        double leaderBefore = leader.cpuSeconds();
        long allBefore = machine.getProcessCpuTime();
        long wireBefore = wire();
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        double leaderCpu = (leader.cpuSeconds() - leaderBefore) / REST_SECONDS;
        double allCpu = (machine.getProcessCpuTime() - allBefore) / 1e9 / REST_SECONDS;
        double wire = (wire() - wireBefore) * 60.0 / REST_SECONDS / count;
        double heap = heap();
        OneJvm stalled = all.get(count - 1);
        List<OneJvm> others = all.subList(0, count - 1);
        crowd.line().stall(stalled.id());
        try {
            Row row =
                    new Row(
                            count,
                            100 * leaderCpu,
                            100 * allCpu,
                            leader.threadCount(),
                            all.stream().mapToInt(OneJvm::threadCount).average().orElse(0),
                            heap / (count + 1),
                            (double) Usage.rss(ProcessHandle.current().pid()) / (count + 1),
                            wire,
                            commit,
                            presence,
                            spread.commits(leader, others, CHANGES),
                            spread.presence(all.get(0), others, CHANGES));
            if (spread.isUpToDate(stalled)) {
                throw new IOException("the stalled follower was not stalled");
            }
            return row;
        } finally {
            crowd.line().free(stalled.id());
        }
    }

    /** KB that live in the heap. */
    private static double heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0;
    }

    /** Bytes that loopback has carried, headers of TCP and IP included. */
    private static long wire() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/net/dev"))) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith("lo:"))
                    .map(line -> line.substring(3).strip().split("\\s+")[0])
                    .mapToLong(Long::parseLong)
                    .findAny()
                    .orElseThrow();
        }
    }

    private static void print(Row row, Row first) {
        System.out.printf(
                Locale.ROOT,
                "%d followers: leader %.2f %% of a core at rest (%.4f %% a follower), all hosts"
                        + " %.2f %% (%.3f %% a host); threads: leader %d (%.1f a follower), a"
                        + " follower %.1f; heap %.0f KB a host, RSS %.0f KB; wire %.1f KB a"
                        + " follower and minute%n",
                row.followers,
                row.leaderCpu,
                row.leaderCpu / row.followers,
                row.allCpu,
                row.allCpu / (row.followers + 1),
                row.leaderThreads,
                (double) row.leaderThreads / row.followers,
                row.followerThreads,
                row.heap,
                row.rss,
                row.wire / 1024);
        print("one change on the leader, until all have it", row.commit, row.commitBesideStalled);
        print("one presence change, until all have it", row.presence, row.presenceBesideStalled);
        if (row != first) {
            System.out.printf(
                    Locale.ROOT,
                    "  against %d followers, each per follower or host: leader's CPU %.2f,"
                            + " heap %.2f, wire %.2f; time of one change %.2f, of one presence"
                            + " change %.2f%n",
                    first.followers,
                    (row.leaderCpu / row.followers) / (first.leaderCpu / first.followers),
                    row.heap / first.heap,
                    row.wire / first.wire,
                    row.commit.middle() / first.commit.middle(),
                    row.presence.middle() / first.presence.middle());
        }
    }

    private static void print(String what, Times alone, Times besideStalled) {
        System.out.printf(
                Locale.ROOT,
                "  %s: %s%n    beside a stalled follower: %s; ratio of p50 %.2f, of p90 %.2f%n",
                what,
                alone,
                besideStalled,
                besideStalled.middle() / alone.middle(),
                besideStalled.at(0.9) / alone.at(0.9));
    }
}

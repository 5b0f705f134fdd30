package org.bowline.itests.netns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A LAN of network namespaces on one bridge, as root: each host has a namespace and an address of
 * its own, this process is 10.77.0.1 on the bridge. Made of {@code ip}, {@code tc} and {@code
 * iptables}; what it made is gone after {@link #close}.
 */
final class Lab implements AutoCloseable {
    static final String SELF = "10.77.0.1";

    private static final String BRIDGE = "bowline0";

    private final List<Host> hosts = new ArrayList<>();

    Lab() throws IOException {
        close(); // what a killed run left behind
        run("ip link add " + BRIDGE + " type bridge");
        run("ip addr add " + SELF + "/24 dev " + BRIDGE);
        run("ip link set " + BRIDGE + " up");
    }

    /** One more host, at 10.77.0.{@code number}. */
    Host host(int number) throws IOException {
        Host host = new Host(number);
        hosts.add(host);
        return host;
    }

    /** One namespace with one network card. */
    static final class Host {
        private final String namespace;
        private final String card;
        private String ip;

        private Host(int number) throws IOException {
            namespace = "bowline" + number;
            card = "bw" + number;
            ip = "10.77.0." + number;
            run("ip netns add " + namespace);
            run("ip link add " + card + " type veth peer name eth0 netns " + namespace);
            run("ip link set " + card + " master " + BRIDGE + " up");
            in("ip link set lo up");
            in("ip addr add " + ip + "/24 dev eth0");
            in("ip link set eth0 up");
        }

        String ip() {
            return ip;
        }

        /** What starts a process in there. */
        String[] command() {
            return new String[] {"ip", "netns", "exec", namespace};
        }

        /** Takes its address away and gives it another one, as DHCP might. */
        void moveTo(String other) throws IOException {
            in("ip addr del " + ip + "/24 dev eth0"); // first: it would take a second one along
            in("ip addr add " + other + "/24 dev eth0");
            ip = other;
        }

        /** From now on nothing of these hosts arrives here. */
        void hearNothingOf(Collection<Host> others) throws IOException {
            for (Host other : others) {
                in("iptables -A INPUT -s " + other.ip + " -j DROP");
            }
        }

        /** Loses so many of the packets of all other hosts, but not those of {@link #SELF}. */
        void lose(double share) throws IOException {
            in(
                    "iptables -A INPUT ! -s "
                            + SELF
                            + " -i eth0 -m statistic --mode random --probability "
                            + share
                            + " -j DROP");
        }

        /** Sends at most so much, shaped by a token bucket. */
        void slow(String rate) throws IOException {
            in("tc qdisc add dev eth0 root tbf rate " + rate + " burst 64kb latency 400ms");
        }

        void fast() throws IOException {
            in("tc qdisc del dev eth0 root");
        }

        /** Loses nothing any more, and hears everybody. */
        void heal() throws IOException {
            in("iptables -F INPUT");
        }

        private void in(String command) throws IOException {
            run("ip netns exec " + namespace + " " + command);
        }
    }

    /** Between the two sides nothing gets through any more, in either direction. */
    static void split(Collection<Host> one, Collection<Host> other) throws IOException {
        for (Host host : one) {
            host.hearNothingOf(other);
        }
        for (Host host : other) {
            host.hearNothingOf(one);
        }
    }

    void heal() throws IOException {
        for (Host host : hosts) {
            host.heal();
        }
    }

    private static void run(String command) throws IOException {
        Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + command, e);
        }
    }

    /** Takes away whatever a lab makes; the agents in it have ended. */
    @Override
    public void close() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String namespace : lines("ip netns list")) {
            if (namespace.startsWith("bowline")) {
                commands.add("ip netns del " + namespace.split(" ")[0]);
            }
        }
        if (lines("ip -br link show type bridge").stream()
                .anyMatch(line -> line.startsWith(BRIDGE))) {
            commands.add("ip link del " + BRIDGE);
        }
        for (String command : commands) {
            run(command);
        }
    }

    private static List<String> lines(String command) throws IOException {
        Process process = new ProcessBuilder(command.split(" ")).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}

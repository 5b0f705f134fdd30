package org.bowline.itests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lies between a joining host and its leader and passes on every TLS record (RFC 8446, section
 * 5.1), one at a time: while one is dealt with, all others wait. It has no key, so it sees what
 * anybody on the wire sees.
 */
final class Relay implements AutoCloseable {
    private static final int HEAD = 5; // bytes: type, version, length

    private final ServerSocket port;
    private final int leader;
    private final Attack attack;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final List<Sight> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object wire = new Object();

    /** Which way a record goes. */
    enum Way {
        TO_LEADER,
        TO_FOLLOWER
    }

    /**
     * Where in all that passes.
     *
     * @param connection counted from 0
     * @param index of the record that way on that connection, from 0
     */
    record Spot(int connection, Way way, int index) {}

    /** A record as it came. */
    record Sight(Spot spot, byte[] bytes) {
        /** The same with one bit flipped; never in its head, for a false length is waited for. */
        byte[] flipped() {
            byte[] flipped = bytes.clone();
            flipped[HEAD + (bytes.length - HEAD) / 2] ^= 1;
            return flipped;
        }

        @Override
        public String toString() {
            return spot + " of " + bytes.length + " bytes";
        }
    }

    /** What is done to the records. */
    interface Attack {
        /** What goes on in its place. */
        byte[] before(Sight sight) throws IOException;

        /** It went on. */
        default void after(Sight sight) throws IOException {}
    }

    private Relay(ServerSocket port, int leader, Attack attack) {
        this.port = port;
        this.leader = leader;
        this.attack = attack;
    }

    /** A relay that only looks. */
    static Relay opaque(int leader) throws IOException {
        return to(leader, Sight::bytes);
    }

    /**
     * Opens a relay on a free port of loopback.
     *
     * @param leader the port that it leads to
     */
    static Relay to(int leader, Attack attack) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        Relay relay = new Relay(new ServerSocket(0, 50, loopback), leader, attack);
        thread("relay-accept", relay::accept);
        return relay;
    }

    int port() {
        return port.getLocalPort();
    }

    /** Every record so far, in the order in which they came. */
    List<Sight> seen() {
        return List.copyOf(seen);
    }

    /** All bytes that way on that connection, as they came. */
    byte[] captured(int connection, Way way) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        seen.stream()
                .filter(sight -> sight.spot().connection() == connection)
                .filter(sight -> sight.spot().way() == way)
                .forEach(sight -> all.writeBytes(sight.bytes()));
        return all.toByteArray();
    }

    /** The last record but so many that way on that connection. */
    Spot last(int connection, Way way, int but) {
        int count = (int) seen.stream().filter(s -> isOn(s.spot(), connection, way)).count();
        return new Spot(connection, way, count - 1 - but);
    }

    private static boolean isOn(Spot spot, int connection, Way way) {
        return spot.connection() == connection && spot.way() == way;
    }

    private void accept() throws IOException {
        while (true) {
            Socket follower = port.accept();
            open.add(follower);
            try {
                Socket there = new Socket("127.0.0.1", leader);
                open.add(there);
                Passage passage = new Passage(connections.getAndIncrement(), follower, there);
                thread("relay-in", () -> passage.pump(follower, there, Way.TO_LEADER));
                thread("relay-out", () -> passage.pump(there, follower, Way.TO_FOLLOWER));
            } catch (IOException e) {
                follower.close(); // the leader is not there: neither is the relay
            }
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }

    /** One connection on both of its legs. */
    private final class Passage {
        private final int number;
        private final Socket follower;
        private final Socket there;
        private final Map<Way, Integer> counts = new EnumMap<>(Way.class); // guarded by wire

        Passage(int number, Socket follower, Socket there) {
            this.number = number;
            this.follower = follower;
            this.there = there;
        }

        void pump(Socket from, Socket to, Way way) throws IOException {
            try {
                DataInputStream in = new DataInputStream(from.getInputStream());
                while (true) {
                    pass(record(in), to.getOutputStream(), way);
                }
            } finally { // what ends one leg ends the other
                follower.close();
                there.close();
            }
        }

        private void pass(byte[] bytes, OutputStream out, Way way) throws IOException {
            synchronized (wire) {
                int index = counts.merge(way, 1, Integer::sum) - 1;
                Sight sight = new Sight(new Spot(number, way, index), bytes);
                seen.add(sight);
                out.write(attack.before(sight));
                out.flush();
                attack.after(sight);
            }
        }

        private static byte[] record(DataInputStream in) throws IOException {
            byte[] head = in.readNBytes(HEAD);
            if (head.length < HEAD) {
                throw new EOFException("the connection has ended");
            }
            int length = (head[3] & 0xff) << 8 | head[4] & 0xff;
            byte[] body = in.readNBytes(length);
            return ByteBuffer.allocate(HEAD + body.length).put(head).put(body).array();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(String name, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                return; // a socket was closed, and this work is done
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }
}

package org.bowline.transport.tls;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts who has connected, so that nobody takes everything. Of the connections whose handshake is
 * not done, the oldest gives way to a new one, once it has had its chance: so silent connections
 * keep nobody out, and a crowd that arrives at once (all hosts after a power cut) is served in its
 * order.
 */
final class Admission {
    /** Enough for an honest handshake, cold and on a busy machine nearly always. */
    private static final Duration CHANCE = Duration.ofSeconds(1);

    private final int halfOpen;
    private final int perSource;
    private final Set<Guest> waiting = new LinkedHashSet<>(); // guarded by this, oldest first
    private final Map<InetAddress, Integer> inside = new HashMap<>(); // guarded by this

    /**
     * @param halfOpen connections whose handshake is not done; one address may have half of them
     * @param perSource connections of one address
     */
    Admission(int halfOpen, int perSource) {
        this.halfOpen = halfOpen;
        this.perSource = perSource;
    }

    /** A connection that was let in; {@link #leave} must follow when it ends. */
    static final class Guest {
        private final Socket socket;
        private final InetAddress source;
        private final long since = System.nanoTime();

        private Guest(Socket socket) {
            this.socket = socket;
            source = socket.getInetAddress();
        }

        Socket socket() {
            return socket;
        }
    }

    /** Lets a new connection in; empty if there is no room for it. */
    synchronized Optional<Guest> enter(Socket socket) {
        Guest guest = new Guest(socket);
        if (inside.getOrDefault(guest.source, 0) >= perSource || !makeRoom(guest.source)) {
            return Optional.empty();
        }
        waiting.add(guest);
        inside.merge(guest.source, 1, Integer::sum);
        return Optional.of(guest);
    }

    /** Its handshake is done. */
    synchronized void proven(Guest guest) {
        waiting.remove(guest);
    }

    synchronized void leave(Guest guest) {
        waiting.remove(guest);
        inside.computeIfPresent(guest.source, (source, count) -> count == 1 ? null : count - 1);
    }

    private boolean makeRoom(InetAddress source) {
        long ofSource = waiting.stream().filter(guest -> guest.source.equals(source)).count();
        if (ofSource >= halfOpen / 2) {
            return sendAwayOldest(Optional.of(source));
        }
        return waiting.size() < halfOpen || sendAwayOldest(Optional.empty());
    }

    private boolean sendAwayOldest(Optional<InetAddress> source) {
        for (Iterator<Guest> all = waiting.iterator(); all.hasNext(); ) {
            Guest oldest = all.next();
            if (source.isEmpty() || source.get().equals(oldest.source)) {
                boolean hadItsChance = System.nanoTime() - oldest.since > CHANCE.toNanos();
                if (hadItsChance) {
                    all.remove();
                    Deadlines.shut(oldest.socket);
                }
                return hadItsChance;
            }
        }
        return false;
    }
}

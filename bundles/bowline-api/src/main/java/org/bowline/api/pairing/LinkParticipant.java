package org.bowline.api.pairing;

import java.io.IOException;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A room's part in a link: what it brings from the joining host, and how the leader takes it in.
 * Pairing finds it by whiteboard, and carries the offer inside the proven exchange.
 */
@ConsumerType
public interface LinkParticipant {
    /** The room's name; the same on both hosts. */
    String room();

    /**
     * On the joining host: what it brings, in the room's own words, at most 256 KiB; no call to
     * other hosts.
     */
    byte[] offer() throws IOException;

    /** On the joining host: what it brings, a line each, for people. */
    List<String> brings();

    /** On the joining host: what of its own gives way to the group's, a line each, for people. */
    default List<String> givesWay() {
        return List.of();
    }

    /**
     * On the leader, after the host was admitted and before it is told so: takes the offer into the
     * group.
     *
     * @throws IOException if it cannot; the link then fails and the host is taken out again
     */
    void accept(HostId host, byte[] offer, Actor actor) throws IOException;
}

package org.bowline.pairing;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.bowline.api.group.Group;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;

/**
 * What pairing stands on.
 *
 * @param clock for display, and to end a token early when it jumps forward
 * @param nanos the monotonic clock by which everything is judged
 */
record Ground(
        Identity identity,
        Host host,
        Group group,
        Peers peers,
        Presence presence,
        Records records,
        Clock clock,
        LongSupplier nanos) {
    /** Where each host is, as it was heard last. */
    Islands islands() {
        return new Islands(presence.heard());
    }

    HostId self() {
        return identity.id();
    }

    byte[] ownKey() {
        return identity.certificate().getPublicKey().getEncoded();
    }
}

package org.bowline.api.peers;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One thing that a healthy host has in order. A room registers it as a service; Peers asks all of
 * them every few seconds and says the outcome in presence as a {@link HealthReport}.
 */
@ConsumerType
public interface HealthCheck {
    /** Short and stable, such as {@code store-space}. */
    String name();

    /** What is wrong now, with its fix; empty if all is well. Must not wait for another host. */
    Optional<Complaint> complaint();

    /**
     * Something that is not in order.
     *
     * @param reason what is wrong, a sentence for people
     * @param fix what to do about it
     */
    record Complaint(String reason, String fix) {}
}

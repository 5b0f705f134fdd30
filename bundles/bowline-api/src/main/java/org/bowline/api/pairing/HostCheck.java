package org.bowline.api.pairing;

import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.HostId;

/**
 * Whether a host could be reached from here a moment ago.
 *
 * @param host which one
 * @param tries one for each of its addresses
 * @param standing what the host says about its group, a sentence for people; empty if it did not
 *     answer
 */
public record HostCheck(HostId host, List<Try> tries, String standing) {
    public HostCheck {
        tries = List.copyOf(tries);
    }

    /**
     * One address.
     *
     * @param endpoint where it was dialled
     * @param millis until it had answered; until it failed, if it did
     * @param failed why it failed; empty if it answered
     */
    public record Try(String endpoint, long millis, Optional<Reason> failed) {}
}

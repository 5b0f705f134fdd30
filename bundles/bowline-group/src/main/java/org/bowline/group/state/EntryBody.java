package org.bowline.group.state;

import java.time.Instant;
import java.util.List;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.HostId;

/**
 * One entry of the log: what to change, all of it or nothing.
 *
 * @param actor who asked for it
 * @param host on which host
 * @param time by that host's clock, in milliseconds at most
 * @param changes applied in this order
 * @param preconditions all must hold at the moment it is applied
 */
public record EntryBody(
        Actor actor,
        HostId host,
        Instant time,
        List<Change> changes,
        List<Precondition> preconditions) {
    public EntryBody {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
    }
}

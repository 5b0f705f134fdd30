package org.bowline.group.feed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * From whom this host takes the feed: the voters of the newest state it has, and, if it was away
 * while they were replaced, those whom one of them names. Nobody else, for a feed says who the
 * members are. Not safe for use by several threads.
 */
final class Feeders {
    private final HostId self;
    private final Supplier<Set<HostId>> voters;
    private final Set<HostId> named = new LinkedHashSet<>();
    private @Nullable HostId last;

    /**
     * @param voters by the newest state of this host
     */
    Feeders(HostId self, Supplier<Set<HostId>> voters) {
        this.self = self;
        this.voters = voters;
    }

    /** All of them; the one that fed last comes first: it is most likely to answer again. */
    List<HostId> all() {
        Set<HostId> all = new LinkedHashSet<>();
        HostId favourite = last;
        if (favourite != null && has(favourite)) {
            all.add(favourite);
        }
        all.addAll(voters.get());
        all.addAll(named);
        all.remove(self);
        return new ArrayList<>(all);
    }

    boolean has(HostId host) {
        return named.contains(host) || voters.get().contains(host);
    }

    /** One of them says who votes now. */
    void name(Set<HostId> now) {
        named.addAll(now);
    }

    /**
     * That one feeds from now on. Until it has caught this host up it may go on, also over a time
     * in which it was no voter.
     */
    void begin(HostId feeder) {
        last = feeder;
        named.add(feeder);
    }

    /** That one has no more to tell: from now on the state says again who votes. */
    void caughtUp(HostId feeder) {
        if (voters.get().contains(feeder)) {
            named.clear();
        }
    }
}

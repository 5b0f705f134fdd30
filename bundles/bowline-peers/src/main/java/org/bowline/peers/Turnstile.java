package org.bowline.peers;

import java.util.HashMap;
import java.util.Map;
import org.bowline.api.identity.HostId;

/** Counts who is inside, so that no host and no crowd of strangers takes every thread. */
final class Turnstile {
    private final int perHost;
    private final int strangers;
    private final Map<HostId, Integer> inside = new HashMap<>(); // guarded by this
    private int strangersInside; // guarded by this

    /**
     * @param perHost channels one host may have
     * @param strangers channels that all strangers may have together
     */
    Turnstile(int perHost, int strangers) {
        this.perHost = perHost;
        this.strangers = strangers;
    }

    /** Whether there is room; if so, {@link #leave} must follow with the same arguments. */
    synchronized boolean enter(HostId host, boolean stranger) {
        if (inside.getOrDefault(host, 0) >= perHost || stranger && strangersInside >= strangers) {
            return false;
        }
        inside.merge(host, 1, Integer::sum);
        strangersInside += stranger ? 1 : 0;
        return true;
    }

    synchronized void leave(HostId host, boolean stranger) {
        inside.computeIfPresent(host, (id, count) -> count == 1 ? null : count - 1);
        strangersInside -= stranger ? 1 : 0;
    }
}

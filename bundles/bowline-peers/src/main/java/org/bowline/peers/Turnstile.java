package org.bowline.peers;

import java.util.HashMap;
import java.util.Map;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/**
 * Counts who is inside, so that no host and no crowd of strangers takes every thread. A stranger
 * makes as many keys as it likes, so strangers are counted by their address too.
 */
final class Turnstile {
    private final int perHost;
    private final int strangers;
    private final int strangersPerAddress;
    private final Map<HostId, Integer> inside = new HashMap<>(); // guarded by this
    private final Map<String, Integer> strangersByIp = new HashMap<>(); // guarded by this
    private int strangersInside; // guarded by this

    Turnstile(Limits limits) {
        perHost = limits.channels_per_host();
        strangers = limits.stranger_channels();
        strangersPerAddress = limits.stranger_channels_per_address();
    }

    /** Whether there is room; if so, {@link #leave} must follow with the same arguments. */
    synchronized boolean enter(Channel channel, boolean stranger) {
        HostId host = channel.peer();
        String ip = channel.remote().ip();
        if (inside.getOrDefault(host, 0) >= perHost
                || stranger && strangersInside >= strangers
                || stranger && strangersByIp.getOrDefault(ip, 0) >= strangersPerAddress) {
            return false;
        }
        inside.merge(host, 1, Integer::sum);
        if (stranger) {
            strangersInside++;
            strangersByIp.merge(ip, 1, Integer::sum);
        }
        return true;
    }

    synchronized void leave(Channel channel, boolean stranger) {
        oneLess(inside, channel.peer());
        if (stranger) {
            strangersInside--;
            oneLess(strangersByIp, channel.remote().ip());
        }
    }

    private static <K> void oneLess(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}

package org.bowline.api.peers;

import java.util.Map;
import java.util.Set;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What each host of the group says of itself, small and soft: it is not logged, survives no
 * restart, and a doubled or missed message does no harm. The group says who is dialled; leaders
 * judge who is unreachable and share it: a host without a word for five seconds, and until it has
 * sent three beats in a row again, one a second. Without a leader each host judges for itself.
 *
 * <p>Safe for use by any thread; no call waits.
 */
@ProviderType
public interface Presence {
    /** Bytes a value may have. */
    int MAX_VALUE = 1024;

    /**
     * Tells the group something about this host; replaces what was said under that key before.
     *
     * @param key such as {@code content}
     * @param value at most {@link #MAX_VALUE} bytes; empty takes the key away
     */
    void say(String key, byte[] value);

    /** What every host said last, this host included. */
    Map<HostId, Said> heard();

    /**
     * Whom to hold a channel to from now on, and whom to believe; only the group calls this.
     *
     * @param dial hosts to hold a presence channel to: a follower's leader, a leader's fellow
     *     leaders and members that it does not hear, or everybody while there is no leader
     * @param leaders the group's voters other than this host: what they say of other hosts counts;
     *     anybody else's word counts for itself alone, dialled or not
     * @param judge whether this host judges who is unreachable and sends merged changes on: a
     *     leader does
     */
    void arrange(Set<HostId> dial, Set<HostId> leaders, boolean judge);

    /** Calls back after something changed, at most every 100 ms; the callback must not block. */
    Subscription watch(Runnable changed);
}

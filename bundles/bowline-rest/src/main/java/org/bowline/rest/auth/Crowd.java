package org.bowline.rest.auth;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many strangers are served at once, in all and from one source, so that slow ones leave
 * threads to those who are signed in. Safe for use by any thread.
 */
final class Crowd {
    private static final int MAX = 12;
    private static final int MAX_OF_SOURCE = 4;

    private final Map<String, Integer> bySource = new HashMap<>(); // guarded by this
    private int all; // guarded by this

    /** Lets one more in, if there is room; who was let in must leave. */
    synchronized boolean enter(String source) {
        int here = bySource.getOrDefault(source, 0);
        if (all >= MAX || here >= MAX_OF_SOURCE) {
            return false;
        }
        bySource.put(source, here + 1);
        all++;
        return true;
    }

    synchronized void leave(String source) {
        all--;
        bySource.computeIfPresent(source, (key, here) -> here > 1 ? here - 1 : null);
    }
}

package org.bowline.content.sync;

import org.bowline.api.content.Holding;

/**
 * Why a content is not here, and when to try again.
 *
 * @param reason for people
 * @param fix for people
 * @param needed bytes for which there was no room; 0 if that is not it
 * @param bytesLeft not here
 * @param percent here
 * @param again nano time of the next attempt
 * @param attempts so far, in a row
 */
record Trouble(
        String reason,
        String fix,
        long needed,
        long bytesLeft,
        int percent,
        long again,
        int attempts) {
    Holding holding() {
        return new Holding(Holding.State.NOT_SYNCED, percent, bytesLeft, "", 0, reason, fix);
    }

    boolean isDue(long freeBytes) {
        return System.nanoTime() - again >= 0 && (needed == 0 || freeBytes >= needed);
    }
}

package org.bowline.api;

/**
 * Who asked for an act: it stands beside every change, in the log and in the audit.
 *
 * @param name the signed-in user, or {@code system} where the agent acts by itself
 * @param face where the wish came in: {@code rest}, {@code shell} or {@code system}
 */
public record Actor(String name, String face) {
    /** The agent itself: a renewal, a timeout, a reconciliation. */
    public static final Actor SYSTEM = new Actor("system", "system");

    public Actor {
        if (name.isBlank() || name.length() > 128) {
            throw new IllegalArgumentException(
                    "actor name of " + name.length() + " characters, expected 1 to 128");
        }
        if (face.isBlank()) {
            throw new IllegalArgumentException("actor without a face");
        }
    }
}

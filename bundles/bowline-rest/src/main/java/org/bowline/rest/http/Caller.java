package org.bowline.rest.http;

import java.util.function.BooleanSupplier;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;

/**
 * Who sent a request, as the gate in front of every route found out.
 *
 * @param name of the user or the API token
 * @param role what they may do
 * @param alive whether the session or token is still good; asked again by what outlasts a request
 */
public record Caller(String name, Role role, BooleanSupplier alive) {
    /** The attribute of a request under which the gate leaves its caller. */
    public static final String ATTRIBUTE = "org.bowline.rest.caller";

    /** The attribute of a request under which the gate leaves its {@link Doorman}. */
    public static final String DOORMAN = "org.bowline.rest.doorman";

    /** Is told when a caller's role was short, before the caller is. */
    @FunctionalInterface
    public interface Doorman {
        /** May wait for the disk. */
        void denied(RefusedException refused);
    }

    /** Somebody who did not sign in. */
    public static final Caller ANYBODY = new Caller("anybody", Role.ANYONE, () -> true);

    /** The one who acts, for the log of changes. */
    public Actor actor() {
        return new Actor(name, "rest");
    }
}

package org.bowline.audit.log;

import java.time.Instant;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;

/**
 * Lines that could not be written.
 *
 * @param lines how many
 * @param from time of the first
 * @param to time of the last
 * @param cause why the first could not
 */
public record Gap(long lines, Instant from, Instant to, String cause) {
    static Gap begin(Instant now, String cause) {
        return new Gap(1, now, now, cause);
    }

    Gap another(Instant now) {
        return new Gap(lines + 1, from, now, cause);
    }

    Act act() {
        String detail =
                (lines == 1 ? "1 line" : lines + " lines")
                        + " could not be written between "
                        + from
                        + " and "
                        + to
                        + ": "
                        + cause;
        return new Act(Actor.SYSTEM, LineCodec.GAP, "", Act.Outcome.FAILED, "", detail);
    }
}

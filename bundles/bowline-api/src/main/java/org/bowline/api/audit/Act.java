package org.bowline.api.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.bowline.api.Actor;

/**
 * Something that was done, or was asked for and refused. Never holds a secret: no token, password,
 * key or setup code, not even in part.
 *
 * @param actor who asked for it
 * @param act what, as room and verb: {@code link.join}, {@code leader.start}, {@code session.open}
 * @param subject on what: a host id, a digest, a user's name; empty if on this host itself
 * @param outcome how it ended
 * @param cause the refusal's code, such as {@code token-expired}; empty if it was done
 * @param detail one sentence for people
 */
public record Act(
        Actor actor, String act, String subject, Outcome outcome, String cause, String detail) {
    /** Characters that a detail may have; what is longer is cut. */
    public static final int MOST_DETAIL = 500;

    public Act {
        if (!act.matches("[a-z]+(\\.[a-z-]+)+")) {
            throw new IllegalArgumentException("act " + act + ", expected room and verb");
        }
        detail = detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
    }

    /** How an act ended. */
    public enum Outcome {
        /** It was done. */
        @JsonProperty("done")
        DONE,
        /** It was refused by a rule, and nothing was changed. */
        @JsonProperty("refused")
        REFUSED,
        /** It failed, for a reason that is no rule. */
        @JsonProperty("failed")
        FAILED
    }

    /** An act that was done. */
    public static Act done(Actor actor, String act, String subject, String detail) {
        return new Act(actor, act, subject, Outcome.DONE, "", detail);
    }

    /** An act that was refused. */
    public static Act refused(
            Actor actor, String act, String subject, String cause, String detail) {
        return new Act(actor, act, subject, Outcome.REFUSED, cause, detail);
    }
}

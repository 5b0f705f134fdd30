package org.bowline.pairing;

import java.io.IOException;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;
import org.bowline.api.identity.HostId;

/** Writes into the audit log what is asked of pairing: each act once, however it ends. */
record Records(Audit audit) {
    /** Something that is done or refused. */
    interface Deed<T> {
        T run() throws IOException;
    }

    /** Does it, and records how it ended. */
    <T> T during(Actor actor, String act, String subject, String detail, Deed<T> deed)
            throws IOException {
        T result;
        try {
            result = deed.run();
        } catch (IOException e) {
            ended(actor, act, subject, e);
            throw e;
        }
        audit.record(Act.done(actor, act, subject, detail));
        return result;
    }

    void done(Actor actor, String act, String subject, String detail) {
        audit.record(Act.done(actor, act, subject, detail));
    }

    /** It was refused, or failed. */
    void ended(Actor actor, String act, String subject, IOException why) {
        audit.record(
                why instanceof RefusedException refused
                        ? Act.refused(
                                actor, act, subject, refused.refusal().code(), refused.detail())
                        : new Act(actor, act, subject, Act.Outcome.FAILED, "", why.toString()));
    }

    /** Another host that does something here. */
    static Actor actor(HostId host) {
        return new Actor(host.value(), "system");
    }
}

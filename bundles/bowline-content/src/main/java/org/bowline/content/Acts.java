package org.bowline.content;

import java.io.IOException;
import org.bowline.api.Actor;
import org.bowline.api.RefusedException;
import org.bowline.api.audit.Act;
import org.bowline.api.audit.Audit;

/**
 * What is asked of this room, as it stands in the audit log. The doors of the room write, each act
 * once; the rooms behind them only throw.
 */
public final class Acts {
    /** An upload that is listed, or that is not. */
    public static final String ADD = "content.add";

    /** Content that the group wants no more. */
    public static final String RETIRE = "content.retire";

    /** Another host gave other bytes than were asked for; the subject is that host. */
    public static final String CHUNK_REFUSED = "content.chunk-refused";

    private final Audit audit;

    public Acts(Audit audit) {
        this.audit = audit;
    }

    /** Something that may be refused. */
    public interface Wish<T> {
        T fulfil() throws IOException;
    }

    /**
     * Does it, and writes down if it is refused; what is done the caller writes down.
     *
     * @param subject a digest, or empty where there is none yet
     * @param name of the content; empty if it cannot be shown
     */
    public <T> T asked(Actor actor, String act, String subject, String name, Wish<T> wish)
            throws IOException {
        try {
            return wish.fulfil();
        } catch (RefusedException e) {
            String detail = name.isEmpty() ? e.detail() : name + ": " + e.detail();
            audit.record(Act.refused(actor, act, subject, e.refusal().code(), detail));
            throw e;
        }
    }

    /** Writes down what was done. */
    public void done(Actor actor, String act, String subject, String detail) {
        audit.record(Act.done(actor, act, subject, detail));
    }
}

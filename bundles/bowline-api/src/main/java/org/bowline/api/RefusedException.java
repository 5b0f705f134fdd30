package org.bowline.api;

import java.io.IOException;

/** An act that was refused for a named reason; nothing was changed. */
public class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /**
     * @param refusal the named cause
     * @param detail what exactly stood in the way, a sentence for people, without any secret
     */
    public RefusedException(Refusal refusal, String detail) {
        super(detail);
        this.refusal = refusal;
    }

    public RefusedException(Refusal refusal, String detail, Throwable cause) {
        super(detail, cause);
        this.refusal = refusal;
    }

    /** The named cause, with its fix. */
    public Refusal refusal() {
        return refusal;
    }

    /** What exactly stood in the way; never null. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}

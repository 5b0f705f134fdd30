package org.bowline.identity.host;

/** The operator's file says something that cannot be; the message names key, line and fix. */
public final class DescriptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DescriptionException(String where, String wrong) {
        super(where + ": " + wrong);
    }
}

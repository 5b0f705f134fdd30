package org.bowline.content.chunk;

import java.io.IOException;

/** A manifest that no honest host writes; reading it again does not help. */
public final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Exception cause) {
        super(message, cause);
    }
}

package org.bowline.audit.log;

import java.io.Closeable;
import java.io.IOException;

/** The end of the newest file. Not safe for use by several threads. */
interface Sink extends Closeable {
    /**
     * Adds bytes; on the disk when this returns.
     *
     * @throws ForeignException if the file is not as it was left; nothing was added
     * @throws IOException if they cannot be written; the sink is of no use any more, and opening
     *     the file at its old length makes it as it was
     */
    void append(byte[] bytes) throws IOException;

    /** Bytes in the file. */
    long length();

    /** Opens sinks; a test opens failing ones. */
    interface Opener {
        /**
         * Opens a file at its end.
         *
         * @throws ForeignException if it is shorter than that, or gone
         */
        Sink open(Extent extent) throws IOException;
    }

    /** Somebody else changed the file. */
    final class ForeignException extends IOException {
        private static final long serialVersionUID = 1L;

        ForeignException(String message) {
            super(message);
        }
    }
}

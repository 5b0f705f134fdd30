package org.bowline.shell.door;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Leaves out colours and other control sequences (ECMA-48: ESC [ parameters letter), which Karaf's
 * own commands print even where nobody sees colours, such as into a script.
 */
final class PlainOutput extends FilterOutputStream {
    private static final int ESCAPE = 0x1b;

    private enum At {
        TEXT,
        AFTER_ESCAPE,
        IN_SEQUENCE
    }

    private At at = At.TEXT; // guarded by this

    PlainOutput(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        switch (at) {
            case TEXT -> {
                if (b == ESCAPE) {
                    at = At.AFTER_ESCAPE;
                } else {
                    out.write(b);
                }
            }
            case AFTER_ESCAPE -> {
                if (b == '[') {
                    at = At.IN_SEQUENCE;
                } else {
                    at = At.TEXT;
                    out.write(ESCAPE);
                    out.write(b);
                }
            }
            case IN_SEQUENCE -> {
                if (b >= '@' && b <= '~') {
                    at = At.TEXT;
                }
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }
}

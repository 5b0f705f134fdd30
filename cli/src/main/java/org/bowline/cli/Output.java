package org.bowline.cli;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Copies what the agent says to the standard streams until the exit code comes. */
final class Output {
    private static final int NO_AGENT = 7;
    private static final int WRITE_FAILED = 1;

    private final Wire wire;
    private final @Nullable Input input;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final FileOutputStream error = new FileOutputStream(FileDescriptor.err);

    /**
     * @param input asked whenever the agent wants standard input; null if it never does
     */
    Output(Wire wire, @Nullable Input input) {
        this.wire = wire;
        this.input = input;
    }

    /** Copies; returns the exit code. */
    int run() throws IOException {
        while (true) {
            char type;
            byte[] bytes;
            try {
                type = wire.type();
                bytes = wire.bytes();
            } catch (EOFException e) {
                System.err.println("bowline: the agent ended the connection; does it still run?");
                return NO_AGENT;
            }
            if (type == Wire.EXIT) {
                return ByteBuffer.wrap(bytes).getInt();
            }
            if (!pass(type, bytes)) {
                return WRITE_FAILED; // whoever read our output is gone
            }
        }
    }

    private boolean pass(char type, byte[] bytes) {
        try {
            if (type == Wire.OUT) {
                out.write(bytes);
            } else if (type == Wire.ERROR) {
                error.write(bytes);
            } else if (type == Wire.READ && input != null) {
                input.ask();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

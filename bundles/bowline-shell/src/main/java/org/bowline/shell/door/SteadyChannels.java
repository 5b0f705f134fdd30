package org.bowline.shell.door;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CancellationException;
import org.apache.karaf.shell.api.console.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of the channels that gogo wraps around a session's streams. Those are closed by
 * an interrupt, so one Ctrl-C at the wrong moment would mute the session or end it. gogo has no
 * setter: its field is replaced.
 */
final class SteadyChannels {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyChannels.class);

    private SteadyChannels() {}

    static void install(Session session, InputStream in, OutputStream out) {
        Object shell = session.get(".commandSession");
        Sink sink = new Sink(out);
        try {
            Field field = fieldOf(shell.getClass());
            field.setAccessible(true);
            field.set(shell, new Channel[] {new Source(in), sink, sink});
        } catch (ReflectiveOperationException e) {
            LOG.warn("This shell keeps its own channels: Ctrl-C may end a session", e);
        }
    }

    private static Field fieldOf(Class<?> type) throws NoSuchFieldException {
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals("channels") && field.getType() == Channel[].class) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException("channels in " + type);
    }

    private record Source(InputStream in) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer into) throws IOException {
            byte[] bytes = new byte[Math.min(into.remaining(), 1024)];
            int count = in.read(bytes, 0, bytes.length);
            if (count > 0) {
                into.put(bytes, 0, count);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // the session's, not the command's
        }
    }

    private record Sink(OutputStream out) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            // Else a command that only prints would never notice that it was interrupted.
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted");
            }
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            out.write(bytes);
            out.flush();
            return bytes.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // the session's, not the command's
        }
    }
}

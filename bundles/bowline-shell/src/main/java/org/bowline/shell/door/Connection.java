package org.bowline.shell.door;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bowline.api.audit.Audit;
import org.bowline.api.identity.Host;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client at the door: one thread reads its socket, one writes it, one runs what it wants. */
final class Connection implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel socket;
    private final SessionFactory factory;
    private final Host host;
    private final Supplier<List<Audit>> audits;
    private final FrameWriter writer;
    private final Threads threads = new Threads();
    private volatile @Nullable Conversation conversation;

    Connection(
            SocketChannel socket, SessionFactory factory, Host host, Supplier<List<Audit>> audits) {
        this.socket = socket;
        this.factory = factory;
        this.host = host;
        this.audits = audits;
        writer = new FrameWriter(socket);
    }

    /** Starts its threads; they call back once, when all is over. */
    void start(Runnable ended) {
        threads.start("write", writer);
        threads.start(
                "read",
                () -> {
                    run();
                    ended.run();
                });
    }

    /** Reads the socket until either side ends. */
    @Override
    public void run() {
        try (socket) {
            Optional<Frame> first = Frame.read(socket);
            if (first.isPresent()) {
                Conversation begun = begin(Hello.of(first.get()));
                Optional<Frame> next = Frame.read(socket);
                while (next.isPresent()) {
                    pass(next.get(), begun);
                    next = Frame.read(socket);
                }
            }
        } catch (IOException e) {
            LOG.debug("A shell client ended: {}", e.toString());
        } finally {
            close();
        }
    }

    private Conversation begin(Hello hello) throws IOException {
        // Within the admin's rights: the session's threads inherit them.
        Conversation begun = LocalAdmin.act(() -> talk(hello));
        conversation = begun;
        return begun;
    }

    private Conversation talk(Hello hello) throws IOException {
        Visitor visitor = Visitor.at(socket, audits);
        Conversation talk =
                hello.interactive()
                        ? new InteractiveSession(
                                factory, host.facts(), visitor, hello, writer, threads)
                        : new OneCommand(factory, visitor, hello, writer);
        threads.start(
                "run",
                () -> {
                    int code = 1;
                    try {
                        code = talk.run();
                    } finally {
                        writer.end(code);
                    }
                });
        return talk;
    }

    private static void pass(Frame frame, Conversation to) throws IOException {
        switch (frame.type()) {
            case Frame.DATA -> to.data(frame.bytes());
            case Frame.WINDOW -> {
                ByteBuffer size = ByteBuffer.wrap(frame.bytes());
                to.window(size.getShort() & 0xffff, size.getShort() & 0xffff);
            }
            default -> throw new IOException("a client sent " + frame.type());
        }
    }

    /** Ends what the client wanted and closes the socket; it may have ended already. */
    @Override
    public void close() {
        writer.hangUp();
        Conversation begun = conversation;
        if (begun != null) {
            begun.hangUp();
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A shell socket did not close: {}", e.toString());
        }
    }
}

package org.bowline.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes sockets whose handshake takes too long: a socket's own timeout bounds each read, so a peer
 * that sends a byte now and then would never be done.
 *
 * <p>Owns the thread {@code bowline-tls-deadline}, which ends when nothing has waited for a while.
 */
final class Deadlines implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("bowline-tls-deadline"));

    Deadlines() {
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Closes the socket after that time, unless the ticket is closed before.
     *
     * @throws IOException if the transport is being stopped
     */
    Ticket closeAfter(Duration time, Socket socket) throws IOException {
        try {
            return new Ticket(
                    timer.schedule(() -> shut(socket), time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            throw new IOException("the TLS transport has stopped", e);
        }
    }

    /** Closes it, and with it every read and write that waits on it. */
    static void shut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket did not close well", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One deadline. */
    record Ticket(ScheduledFuture<?> closing) implements AutoCloseable {
        /** Whether the time was up and the socket is closed. */
        boolean expired() {
            return closing.isDone() && !closing.isCancelled();
        }

        @Override
        public void close() {
            closing.cancel(false);
        }
    }
}

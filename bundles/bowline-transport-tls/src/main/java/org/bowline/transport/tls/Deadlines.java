package org.bowline.transport.tls;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
        Ticket ticket = new Ticket(socket);
        try {
            ticket.closing = timer.schedule(ticket, time.toMillis(), TimeUnit.MILLISECONDS);
            return ticket;
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
    static final class Ticket implements Runnable, AutoCloseable {
        private final Socket socket;
        private volatile @Nullable ScheduledFuture<?> closing;
        private volatile boolean expired;

        private Ticket(Socket socket) {
            this.socket = socket;
        }

        /** Whether the time was up, and the socket is closed for that reason. */
        boolean expired() {
            return expired;
        }

        /** The time is up. */
        @Override
        public void run() {
            expired = true; // before whoever waits on the socket can see it closed
            shut(socket);
        }

        @Override
        public void close() {
            ScheduledFuture<?> pending = closing;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}

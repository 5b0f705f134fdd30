package org.bowline.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bowline.rest.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser that listens. It never makes the sender wait: while its network is slow, of each
 * subject only the newest value stands in its queue. Safe for use by any thread.
 */
final class EventStream implements WriteListener, AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Caller caller;
    private final Map<String, byte[]> pending = new LinkedHashMap<>(); // guarded by this

    private boolean open; // guarded by this
    private boolean unflushed; // guarded by this
    private boolean closed; // guarded by this

    /**
     * @param async begun already; this ends it
     */
    EventStream(AsyncContext async, Caller caller) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.caller = caller;
    }

    /** Begins to write; the container calls back from now on. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Who listens. */
    Caller caller() {
        return caller;
    }

    /** Whether it has ended. */
    synchronized boolean closed() {
        return closed;
    }

    /** Sends an event; takes the place of one of that subject that was not sent yet. */
    synchronized void offer(String subject, byte[] event) {
        pending.remove(subject);
        pending.put(subject, event);
        drain();
    }

    /** Ends it; what was not sent yet is dropped. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            pending.clear();
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The container ended this stream first", e);
            }
        }
    }

    @Override
    public synchronized void onWritePossible() {
        open = true;
        drain();
    }

    private void drain() {
        try {
            while (open && !closed && out.isReady()) {
                Iterator<byte[]> next = pending.values().iterator();
                if (next.hasNext()) {
                    out.write(next.next());
                    next.remove();
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The browser is gone, which is how every stream ends", e);
            close();
        }
    }

    @Override
    public void onError(Throwable gone) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        closed = true;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // begun once
    }
}

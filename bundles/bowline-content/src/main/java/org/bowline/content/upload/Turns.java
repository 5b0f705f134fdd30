package org.bowline.content.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;

/** Lets a few work at once, since each takes memory; who comes late waits a moment. */
final class Turns {
    private final int atOnce;
    private final Duration patience;
    private final Semaphore free;

    Turns(int atOnce, Duration patience) {
        this.atOnce = atOnce;
        this.patience = patience;
        this.free = new Semaphore(atOnce, true);
    }

    /**
     * Waits for a turn; it lasts until closed.
     *
     * @throws RefusedException {@code UPLOADS_TOO_MANY}
     */
    OpenUpload.Claim next() throws IOException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException(
                        Refusal.UPLOADS_TOO_MANY, atOnce + " uploads are sending bytes already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        return free::release;
    }
}

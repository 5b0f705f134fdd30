package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;

/**
 * How often something is tried again that broke off: once a second, for less than a leader waits
 * for a host.
 */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ground ground;
    private final CountDownLatch closed;
    private final long end;

    /**
     * @param closed counted down when nothing is to be tried any more
     */
    Patience(Ground ground, CountDownLatch closed) {
        this.ground = ground;
        this.closed = closed;
        this.end = ground.nanos().getAsLong() + LIMIT.toNanos();
    }

    /**
     * Waits until the next try.
     *
     * @throws RefusedException if there is to be none
     */
    void beforeNext(IOException cause) throws RefusedException {
        try {
            if (ground.nanos().getAsLong() > end
                    || closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw interrupted(cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(cause);
        }
    }

    static RefusedException interrupted(IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new RefusedException(Refusal.PAIRING_INTERRUPTED, why, cause);
    }
}

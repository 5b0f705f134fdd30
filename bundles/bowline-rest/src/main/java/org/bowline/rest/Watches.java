package org.bowline.rest;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.bowline.api.Subscription;
import org.jspecify.annotations.Nullable;

/** Watches a service that may go away and come back as another. One thread at a time. */
final class Watches<T> implements AutoCloseable {
    private final Supplier<Optional<T>> service;
    private final BiFunction<T, Runnable, Subscription> watch;
    private final Runnable changed;

    private @Nullable T watched;
    private @Nullable Subscription subscription;

    /**
     * @param service as it is now
     * @param watch how to be told of its changes
     * @param changed called with every change, also when the service itself is another
     */
    Watches(
            Supplier<Optional<T>> service,
            BiFunction<T, Runnable, Subscription> watch,
            Runnable changed) {
        this.service = service;
        this.watch = watch;
        this.changed = changed;
    }

    /** Follows the service that is there now. */
    void renew() {
        T now = service.get().orElse(null);
        if (now == watched) {
            return;
        }
        close();
        if (now != null) {
            subscription = watch.apply(now, changed);
        }
        watched = now; // last, so that what failed is tried again
        changed.run();
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        watched = null;
    }
}

package org.bowline.rest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.bowline.api.content.Catalog;
import org.bowline.api.pairing.Pairing;
import org.bowline.rest.Subjects.Value;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Role;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every open page what changed: a snapshot first, then each subject whole when it differs, at
 * most four times a second, and a ping every 15 s. It outlives the rooms that it tells of.
 *
 * <p>Owns one thread, {@code bowline-events}, that lives while somebody listens.
 */
@Component(service = EventHub.class)
public final class EventHub {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final long PACE = 250; // ms
    private static final int PING = 60; // paces
    private static final int MAX_STREAMS = 200;

    /** What is no news by itself is told no more often. */
    private static final long CALM = TimeUnit.SECONDS.toNanos(5);

    /** What every stream knows of a subject, and since which nanoTime. */
    private record Told(String fingerprint, String pulse, long at) {
        boolean covers(Value value, long now) {
            return fingerprint.equals(value.fingerprint())
                    && (pulse.equals(value.pulse()) || now - at < CALM);
        }
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Pairing> pairings = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Catalog> catalogs = List.of();

    private final Readiness readiness;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private @Nullable Thread thread; // guarded by this
    private long events; // guarded by this
    private boolean failing; // the thread's own

    @Activate // wiring only
    public EventHub(@Reference Readiness readiness) {
        this(readiness, System::nanoTime);
    }

    EventHub(Readiness readiness, LongSupplier nanos) {
        this.readiness = readiness;
        this.nanos = nanos;
    }

    /**
     * Sends that stream a snapshot, and from now on what changes.
     *
     * @return false if there are too many
     */
    synchronized boolean join(EventStream stream) {
        if (streams.size() >= MAX_STREAMS || stopped.getCount() == 0) {
            return false;
        }
        Map<String, Object> snapshot = new LinkedHashMap<>();
        Role role = stream.caller().role();
        for (Value value : subjects().all()) {
            snapshot.put(value.subject(), value.as(role));
            told.putIfAbsent(value.subject(), told(value));
        }
        stream.offer("snapshot", event("snapshot", snapshot));
        streams.add(stream);
        if (thread == null) {
            thread = new Thread(this::run, "bowline-events");
            thread.setDaemon(true);
            thread.start();
        }
        return true;
    }

    @Deactivate
    void stop() throws InterruptedException {
        Thread running;
        synchronized (this) {
            stopped.countDown();
            running = thread;
        }
        if (running != null) {
            running.join(TimeUnit.SECONDS.toMillis(5));
        }
        streams.forEach(EventStream::close);
        streams.clear();
    }

    private Subjects subjects() {
        return new Subjects(first(pairings), first(catalogs), readiness.ready());
    }

    private static <T> Optional<T> first(List<T> services) {
        return services.stream().findFirst();
    }

    private void run() {
        AtomicBoolean pairingChanged = new AtomicBoolean(true);
        AtomicBoolean contentChanged = new AtomicBoolean(true);
        try (Watches<Pairing> pairing =
                        new Watches<>(() -> first(pairings), Pairing::watch, pairingChanged);
                Watches<Catalog> content =
                        new Watches<>(() -> first(catalogs), Catalog::watch, contentChanged)) {
            Runnable round =
                    () -> {
                        pairing.renew();
                        content.renew();
                        tell(pairingChanged.getAndSet(false), contentChanged.getAndSet(false));
                    };
            for (int pace = 1; goesOn(round); pace++) {
                if (pace % PING == 0) {
                    ping();
                }
                if (stopped.await(PACE, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does a round while the thread is needed; one that fails does not end the thread. */
    private boolean goesOn(Runnable round) {
        try {
            if (!anybody()) {
                return false;
            }
            round.run();
            failing = false;
        } catch (RuntimeException e) {
            if (failing) {
                LOG.debug("Events still fail", e);
            } else {
                LOG.warn("Events could not be told; tried again every {} ms", PACE, e);
            }
            failing = true;
        }
        return true;
    }

    /** Whether the thread is still needed; if not, it is no more. */
    private synchronized boolean anybody() {
        streams.stream()
                .filter(stream -> !stream.caller().alive().getAsBoolean())
                .forEach(EventStream::close);
        streams.removeIf(EventStream::closed);
        if (streams.isEmpty()) {
            thread = null;
            told.clear();
        }
        return !streams.isEmpty();
    }

    private synchronized void tell(boolean hosts, boolean content) {
        try {
            Subjects now = subjects();
            if (hosts) {
                now.ofPairing().forEach(this::tell);
            }
            if (content) {
                now.ofContent().forEach(this::tell);
            }
        } catch (RuntimeException e) {
            LOG.warn("What changed could not be told; it is tried with the next change", e);
        }
    }

    private synchronized void ping() {
        byte[] event = event("ping", Map.of());
        streams.forEach(stream -> stream.offer("ping", event));
    }

    private Told told(Value value) {
        return new Told(value.fingerprint(), value.pulse(), nanos.getAsLong());
    }

    private void tell(Value value) {
        Told before = told.get(value.subject());
        if (before != null && before.covers(value, nanos.getAsLong())) {
            return;
        }
        told.put(value.subject(), told(value));
        Map<Role, byte[]> byRole = new ConcurrentHashMap<>();
        for (EventStream stream : streams) {
            byte[] event =
                    byRole.computeIfAbsent(
                            stream.caller().role(), role -> event(value.subject(), value.as(role)));
            stream.offer(value.subject(), event);
        }
    }

    private byte[] event(String name, Object data) {
        events++;
        String json = new String(Json.bytes(data), StandardCharsets.UTF_8);
        String text = "id: " + events + "\nevent: " + name + "\ndata: " + json + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.bowline.rest;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.bowline.api.content.Catalog;
import org.bowline.api.group.Group;
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
 * Tells every open page what changed: a snapshot first, then each subject whole when it differs,
 * and a ping every 15 s. The first change is told at once, what follows it at most four times a
 * second per subject. It outlives the rooms that it tells of.
 *
 * <p>A page that comes back with the id of the last event it has seen is told what changed since
 * instead of all: of each subject the newest value, so nothing but one fingerprint for each is kept
 * for it, and no absence is too long. An id names this hub and the role it was told for; any other
 * is answered by a snapshot.
 *
 * <p>Owns one thread, {@code bowline-events}, that lives while somebody listens.
 */
@Component(service = EventHub.class)
public final class EventHub {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final Duration PACE = Duration.ofMillis(250);
    private static final long PING = TimeUnit.SECONDS.toNanos(15);

    /** How often to see whether rooms and pages are still there. */
    private static final long UPKEEP = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int MAX_STREAMS = 200;
    private static final String PINGED = "ping";

    /** What is no news by itself is told no more often. */
    private static final long CALM = TimeUnit.SECONDS.toNanos(5);

    /** What every stream knows of a subject, by which event, and since which nanoTime. */
    private record Told(String fingerprint, String pulse, long event, long at) {
        boolean covers(Value value, long now) {
            return fingerprint.equals(value.fingerprint())
                    && (pulse.equals(value.pulse()) || now - at < CALM);
        }
    }

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Group> groups = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Pairing> pairings = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Catalog> catalogs = List.of();

    private final Readiness readiness;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;
    private final String boot = Long.toHexString(new SecureRandom().nextLong());
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final long pace; // ns
    private final Semaphore bell = new Semaphore(0); // wakes the thread
    private volatile boolean stopped;

    private final Map<String, Long> sent = new HashMap<>(); // nanoTime; guarded by this
    private @Nullable Thread thread; // guarded by this
    private long events; // guarded by this
    private boolean failing; // the thread's own

    @Activate // wiring only
    public EventHub(@Reference Readiness readiness) {
        this(readiness, System::nanoTime, PACE);
    }

    EventHub(Readiness readiness, LongSupplier nanos, Duration pace) {
        this.readiness = readiness;
        this.nanos = nanos;
        this.pace = pace.toNanos();
    }

    /**
     * Sends that stream a snapshot, or what changed since the event it names, and from now on what
     * changes.
     *
     * @param seen the id of the last event that it has seen
     * @return false if there are too many
     */
    synchronized boolean join(EventStream stream, Optional<String> seen) {
        if (streams.size() >= MAX_STREAMS || stopped) {
            return false;
        }
        List<Value> now = subjects().all();
        if (streams.isEmpty()) {
            sent.clear();
            now.forEach(this::tell); // nobody looked since the last one left
        }
        now.forEach(value -> told.computeIfAbsent(value.subject(), unknown -> told(value)));
        Role role = stream.caller().role();
        OptionalLong last = seen.map(id -> number(id, role)).orElse(OptionalLong.empty());
        if (last.isPresent()) {
            resume(stream, now, last.getAsLong());
        } else {
            Map<String, Object> snapshot = new LinkedHashMap<>();
            now.forEach(value -> snapshot.put(value.subject(), value.as(role)));
            stream.offer("snapshot", event(++events, role, "snapshot", snapshot));
        }
        streams.add(stream);
        if (thread == null) {
            thread = new Thread(this::run, "bowline-events");
            thread.setDaemon(true);
            thread.start();
        }
        return true;
    }

    /** The ping at the end tells the page that it is up to date. */
    private void resume(EventStream stream, List<Value> now, long last) {
        Role role = stream.caller().role();
        now.stream()
                .sorted(Comparator.comparingLong(value -> told.get(value.subject()).event()))
                .filter(value -> told.get(value.subject()).event() > last)
                .forEach(
                        value -> {
                            long number = told.get(value.subject()).event();
                            byte[] event = event(number, role, value.subject(), value.as(role));
                            stream.offer(value.subject(), event);
                        });
        stream.offer(PINGED, event(++events, role, PINGED, Map.of()));
    }

    /** The number of an event of this hub for that role; empty for any other id. */
    private OptionalLong number(String id, Role role) {
        String[] parts = id.split("-");
        boolean own = parts.length == 3 && parts[0].equals(boot) && parts[1].equals(role.word());
        return own && parts[2].matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(parts[2]))
                : OptionalLong.empty();
    }

    @Deactivate
    void stop() throws InterruptedException {
        Thread running;
        synchronized (this) {
            stopped = true;
            bell.release();
            running = thread;
        }
        if (running != null) {
            running.join(TimeUnit.SECONDS.toMillis(5));
        }
        streams.forEach(EventStream::close);
        streams.clear();
    }

    private Subjects subjects() {
        return new Subjects(first(groups), first(pairings), first(catalogs), readiness.ready());
    }

    private static <T> Optional<T> first(List<T> services) {
        return services.stream().findFirst();
    }

    private void run() {
        long began = System.nanoTime();
        Turn ofPairing = new Turn(bell::release, began);
        Turn ofContent = new Turn(bell::release, began);
        Turn ofGroup = new Turn(bell::release, began);
        try (Watches<Group> group =
                        new Watches<>(() -> first(groups), Group::watch, ofGroup::ring);
                Watches<Pairing> pairing =
                        new Watches<>(() -> first(pairings), Pairing::watch, ofPairing::ring);
                Watches<Catalog> content =
                        new Watches<>(() -> first(catalogs), Catalog::watch, ofContent::ring)) {
            Runnable round =
                    () -> {
                        group.renew();
                        pairing.renew();
                        content.renew();
                        tell(ofPairing, Subjects::ofPairing);
                        tell(ofContent, Subjects::ofContent);
                        tell(ofGroup, Subjects::ofGroup);
                    };
            rounds(round, List.of(ofPairing, ofContent, ofGroup));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rounds(Runnable round, List<Turn> turns) throws InterruptedException {
        long pinged = System.nanoTime();
        while (!stopped && goesOn(round)) {
            long now = System.nanoTime();
            if (now - pinged >= PING) {
                pinged = now;
                ping();
            }
            LongStream waits = turns.stream().mapToLong(turn -> turn.untilDue(now));
            long wait = failing ? UPKEEP : Math.min(UPKEEP, waits.min().orElse(UPKEEP));
            if (bell.tryAcquire(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
                bell.drainPermits();
            }
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
                LOG.warn("Events could not be told; tried again in a moment", e);
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
        }
        return !streams.isEmpty();
    }

    private synchronized void tell(Turn turn, Function<Subjects, List<Value>> ofRoom) {
        long began = System.nanoTime();
        if (!turn.take(began)) {
            return;
        }
        long holdsBack = 0;
        try {
            for (Value value : ofRoom.apply(subjects())) {
                long wait = tell(value);
                if (wait > 0) {
                    holdsBack = holdsBack == 0 ? wait : Math.min(holdsBack, wait);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("What changed could not be told; it is tried with the next change", e);
        }
        turn.looked(began, System.nanoTime(), holdsBack);
    }

    private synchronized void ping() {
        long number = ++events;
        for (EventStream stream : streams) {
            Role role = stream.caller().role();
            stream.offer(PINGED, event(number, role, PINGED, Map.of()));
        }
    }

    /** Told from now on, by an event of its own. */
    private Told told(Value value) {
        return new Told(value.fingerprint(), value.pulse(), ++events, nanos.getAsLong());
    }

    /** Tells what is news; nanoseconds it must wait for that, 0 if it need not. */
    private long tell(Value value) {
        Told before = told.get(value.subject());
        if (before != null && before.covers(value, nanos.getAsLong())) {
            return 0;
        }
        long time = System.nanoTime();
        long wait = sent.getOrDefault(value.subject(), time - pace) + pace - time;
        if (wait > 0) {
            return wait;
        }
        if (!streams.isEmpty()) {
            sent.put(value.subject(), time);
        }
        Told now = told(value);
        told.put(value.subject(), now);
        Map<Role, byte[]> byRole = new ConcurrentHashMap<>();
        for (EventStream stream : streams) {
            byte[] event =
                    byRole.computeIfAbsent(
                            stream.caller().role(),
                            role -> event(now.event(), role, value.subject(), value.as(role)));
            stream.offer(value.subject(), event);
        }
        return 0;
    }

    private byte[] event(long number, Role role, String name, Object data) {
        String id = boot + "-" + role.word() + "-" + number;
        String json = new String(Json.bytes(data), StandardCharsets.UTF_8);
        String text = "id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

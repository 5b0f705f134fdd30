package org.bowline.pairing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LeaderView.Joining;
import org.bowline.api.pairing.LinkPreview.Check;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.Reason;

/**
 * The links that hosts are making with this leader, for its page; those that ended are shown for a
 * while.
 */
final class LinkBook {
    private static final Duration SHOWN = Duration.ofMinutes(5);
    private static final Duration UNDER_WAY = Duration.ofMinutes(2); // longer than any link takes
    private static final int MOST = 50;

    private record Line(Joining joining, long nanos) {}

    private final LongSupplier nanos;
    private final Runnable changed;
    private final Map<HostId, Line> lines = new LinkedHashMap<>(); // guarded by this

    LinkBook(LongSupplier nanos, Runnable changed) {
        this.nanos = nanos;
        this.changed = changed;
    }

    /** A host looks what a link would do; no effect while it links. */
    void looked(HostId host, String name, String address, List<Check> checks) {
        if (find(host).filter(was -> was.status() == LinkStatus.IN_PROGRESS).isEmpty()) {
            put(new Joining(host, name, address, LinkStatus.PENDING, checks, Optional.empty()));
        }
    }

    /** A host begins to link. */
    void begun(HostId host, String name, String address) {
        put(new Joining(host, name, address, LinkStatus.IN_PROGRESS, List.of(), Optional.empty()));
    }

    /** Both hosts judged the rules; no effect for a host that is not known. */
    void judged(HostId host, List<Check> checks) {
        find(host).ifPresent(was -> put(with(was, was.status(), checks, Optional.empty())));
    }

    /** A link that is known was made for good; no effect for a host that is not. */
    void completed(HostId host) {
        find(host)
                .ifPresent(
                        was ->
                                put(
                                        with(
                                                was,
                                                LinkStatus.COMPLETED,
                                                was.checks(),
                                                Optional.empty())));
    }

    /** A link that is known failed; no effect for a host that is not. */
    void failed(HostId host, RefusedException why) {
        Optional<Reason> reason = Optional.of(new Reason(why.refusal(), why.detail()));
        find(host).ifPresent(was -> put(with(was, LinkStatus.FAILED, was.checks(), reason)));
    }

    /** Whoever links just now is out again; no effect for a link that has ended. */
    void gone(HostId host) {
        if (find(host).filter(was -> was.status() == LinkStatus.IN_PROGRESS).isPresent()) {
            failed(
                    host,
                    new RefusedException(
                            Refusal.PAIRING_INTERRUPTED, "It was taken out before it confirmed"));
        }
    }

    private static Joining with(
            Joining was, LinkStatus status, List<Check> checks, Optional<Reason> reason) {
        return new Joining(was.host(), was.name(), was.address(), status, checks, reason);
    }

    synchronized List<Joining> lines() {
        long now = nanos.getAsLong();
        lines.values()
                .removeIf(
                        line -> {
                            boolean underWay = line.joining.status() == LinkStatus.IN_PROGRESS;
                            return now - line.nanos > (underWay ? UNDER_WAY : SHOWN).toNanos();
                        });
        return lines.values().stream().map(Line::joining).toList();
    }

    private synchronized Optional<Joining> find(HostId host) {
        return Optional.ofNullable(lines.get(host)).map(Line::joining);
    }

    private void put(Joining joining) {
        synchronized (this) {
            lines.remove(joining.host());
            lines.put(joining.host(), new Line(joining, nanos.getAsLong()));
            if (lines.size() > MOST) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
        changed.run();
    }
}

package org.bowline.peers;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bowline.api.Subscription;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.IpLiteral;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Where members were met, beside where the group's list says that they are: a host whose address
 * changed behind everybody's back dials the others from its new one, and is found there again. A
 * service inside this bundle only.
 *
 * <p>One address per member, from which it has proven its key; it goes with the membership. Ports
 * are always the listed ones, so that nobody can make this host dial a port of its choice.
 */
@Component(service = Whereabouts.class)
public final class Whereabouts {
    private final Trust trust;
    private final Map<HostId, String> seenAt = new ConcurrentHashMap<>();
    private final Map<HostId, Endpoint> workedLast = new ConcurrentHashMap<>();
    private final Map<HostId, Integer> turns = new ConcurrentHashMap<>();
    private Subscription trustWatch = () -> {};

    @Activate // wiring only
    public Whereabouts(@Reference Trust trust) {
        this.trust = trust;
    }

    @Activate
    void start() {
        trustWatch = trust.watch(this::forgetStrangers);
    }

    @Deactivate
    void stop() {
        trustWatch.close();
    }

    /** That host has proven its key on a channel that it opened from there. */
    void seen(HostId host, String ip) {
        boolean diallable =
                IpLiteral.parse(ip)
                        .filter(a -> !(a instanceof Inet6Address && a.isLinkLocalAddress()))
                        .isPresent(); // link-local: needs a zone, which an endpoint has not
        if (diallable) {
            seenAt.put(host, ip);
            forgetIfStranger(host);
        }
    }

    /** That endpoint of that host has just answered. */
    void worked(HostId host, Endpoint endpoint) {
        workedLast.put(host, endpoint);
        forgetIfStranger(host);
    }

    /**
     * Where to dial that member: as the group lists it, then where it was seen last; whichever
     * worked last comes first. Empty if the group lists nothing.
     */
    List<Endpoint> of(TrustedHost host) {
        Set<Endpoint> known = new LinkedHashSet<>(host.endpoints());
        String ip = seenAt.get(host.id());
        if (ip != null) {
            for (Endpoint listed : host.endpoints()) {
                known.add(new Endpoint(listed.transport(), ip, listed.port()));
            }
        }
        List<Endpoint> inOrder = new ArrayList<>(known);
        Endpoint favourite = workedLast.get(host.id());
        if (favourite != null && inOrder.remove(favourite)) {
            inOrder.add(0, favourite);
        }
        return inOrder;
    }

    /**
     * How to dial that member in one try. What comes after the two best begins with another one in
     * each try, so that each has its turn though the time is not enough for all.
     */
    Route route(TrustedHost host) {
        List<Endpoint> inOrder = of(host);
        int best = host.endpoints().isEmpty() ? 0 : inOrder.indexOf(host.endpoints().get(0)) + 1;
        List<Endpoint> others = inOrder.subList(best, inOrder.size());
        if (others.size() > 1) {
            Collections.rotate(others, -turns.merge(host.id(), 1, Whereabouts::next) + 1);
            forgetIfStranger(host.id());
        }
        return new Route(List.copyOf(inOrder.subList(0, best)), List.copyOf(others));
    }

    private static int next(int turn, int step) {
        return (turn + step) % 5040; // no jump for as many endpoints as a host may have
    }

    /** Of how many hosts something is remembered. */
    int count() {
        Set<HostId> all = new LinkedHashSet<>(seenAt.keySet());
        all.addAll(workedLast.keySet());
        all.addAll(turns.keySet());
        return all.size();
    }

    private void forgetStrangers() {
        seenAt.keySet().removeIf(host -> trust.find(host).isEmpty());
        workedLast.keySet().removeIf(host -> trust.find(host).isEmpty());
        turns.keySet().removeIf(host -> trust.find(host).isEmpty());
    }

    /** Trust may have changed while the host was remembered. */
    private void forgetIfStranger(HostId host) {
        if (trust.find(host).isEmpty()) {
            seenAt.remove(host);
            workedLast.remove(host);
            turns.remove(host);
        }
    }
}

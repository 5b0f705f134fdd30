package org.bowline.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Dials over the transports that are there now. Knows nothing of those who serve, so that whoever
 * serves a protocol may also dial: {@link Reception} is a component of its own.
 */
@Component(configurationPid = Limits.PID)
public final class TransportPeers implements Peers {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Transport> transports = List.of();

    private final Trust trust;
    private final ChannelWatch watch;
    private final Whereabouts whereabouts;
    private final Duration dialTimeout;
    private final Duration openTimeout;

    @Activate
    public TransportPeers(
            @Reference Trust trust,
            @Reference ChannelWatch watch,
            @Reference Whereabouts whereabouts,
            Limits limits) {
        this.trust = trust;
        this.watch = watch;
        this.whereabouts = whereabouts;
        dialTimeout = Duration.ofMillis(limits.dial_timeout_ms());
        openTimeout = Duration.ofMillis(limits.open_timeout_ms());
    }

    @Override
    public Channel open(HostId member, String protocol) throws IOException {
        TrustedHost host =
                trust.find(member).orElseThrow(() -> new IOException("no member " + member));
        Route route = whereabouts.route(host);
        if (route.all().isEmpty()) {
            throw new IOException("no endpoint of member " + member + " is known");
        }
        long deadline = System.nanoTime() + openTimeout.toNanos();
        List<String> causes = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        int untried = route.others().size();
        for (Endpoint endpoint : route.all()) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            Duration share = route.best().contains(endpoint) ? left : share(left, untried--);
            if (left.toMillis() <= 0) {
                causes.add(endpoint + ": not tried, " + openTimeout.toMillis() + " ms are over");
                continue;
            }
            try {
                Channel channel = dial(endpoint, member, protocol, least(share, dialTimeout));
                whereabouts.worked(member, endpoint);
                return channel;
            } catch (IOException e) {
                causes.add(endpoint + ": " + cause(e));
                failures.add(e);
            }
        }
        IOException failed =
                new IOException(
                        "no endpoint of " + member + " answers: " + String.join("; ", causes));
        failures.forEach(failed::addSuppressed);
        throw failed;
    }

    @Override
    public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException {
        return dial(endpoint, expected, protocol, timeout);
    }

    private Channel dial(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
            throws IOException {
        if (!trust.mayOpen(expected, protocol)) {
            throw new IOException(expected + " is not a member");
        }
        Transport transport = transport(endpoint.transport());
        Channel channel =
                watch.watch(transport.open(endpoint, expected, protocol, timeout), transport);
        boolean accepted = false;
        try {
            channel.readTimeout(timeout);
            Greeting.expect(channel);
            channel.readTimeout(Duration.ZERO);
            accepted = true;
            return channel;
        } finally {
            if (!accepted) {
                watch.closeSoon(channel);
            }
        }
    }

    /** What one of the endpoints gets that share the time; too little would be in vain for each. */
    private Duration share(Duration left, int untried) {
        Duration even = left.dividedBy(untried);
        Duration enough = dialTimeout.dividedBy(2);
        return least(left, even.compareTo(enough) < 0 ? enough : even);
    }

    private Transport transport(String name) throws IOException {
        List<Transport> present = transports;
        if (present.isEmpty()) {
            throw new IOException("no transport is present on this host now");
        }
        return present.stream()
                .filter(transport -> transport.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no transport " + name + " on this host now"));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String cause(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}

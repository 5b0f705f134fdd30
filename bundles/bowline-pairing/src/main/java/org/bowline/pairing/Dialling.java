package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.api.transport.WrongKeyException;

/**
 * Dials one host at several endpoints, one after the other, until one answers. The time limit is
 * shared out among the endpoints that are left, so that one which swallows packets does not keep
 * the others from being tried.
 */
final class Dialling {
    private final Ground ground;
    private final HostId host;
    private final List<String> errors = new ArrayList<>();
    private boolean wrongKey;

    Dialling(Ground ground, HostId host) {
        this.ground = ground;
        this.host = host;
    }

    /** The first channel that opens; empty if none does. */
    Optional<Channel> open(List<Endpoint> endpoints, Duration limit) {
        long end = ground.nanos().getAsLong() + limit.toNanos();
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            long left = Math.max(end - ground.nanos().getAsLong(), 1_000_000);
            Duration share = Duration.ofNanos(left / (endpoints.size() - i));
            try {
                return Optional.of(
                        ground.peers().open(endpoint, host, PairHandler.PROTOCOL, share));
            } catch (WrongKeyException e) {
                wrongKey = true;
                failed(endpoint, e);
            } catch (IOException e) {
                failed(endpoint, e);
            }
        }
        return Optional.empty();
    }

    private void failed(Endpoint endpoint, IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        errors.add(endpoint + ": " + why);
    }

    /** Whether another host answered somewhere. */
    boolean metAnotherKey() {
        return wrongKey;
    }

    /** Each endpoint that was tried, with its error. */
    String errors() {
        return errors.isEmpty() ? "no address is known" : String.join("; ", errors);
    }
}

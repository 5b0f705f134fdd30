package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiallingTest {
    private static final List<Endpoint> THREE =
            List.of(
                    new Endpoint("tls", "192.0.2.1", 5082),
                    new Endpoint("tls", "192.0.2.2", 5082),
                    new Endpoint("tls", "192.0.2.3", 5082));

    @TempDir Path data;
    private final Lan.Time time = new Lan.Time();
    private final List<Duration> shares = new ArrayList<>();

    @Test
    void addressesThatSwallowPacketsShareTheTimeAndAreNamed() throws IOException {
        long before = time.nanos();
        Dialling dialling = new Dialling(ground(new Swallowing()), new TestIdentity().id());

        assertThat(dialling.open(THREE, Duration.ofSeconds(3))).isEmpty();

        assertThat(Duration.ofNanos(time.nanos() - before)).isEqualTo(Duration.ofSeconds(3));
        assertThat(shares).containsOnly(Duration.ofSeconds(1));
        assertThat(dialling.errors())
                .isEqualTo(
                        "tls://192.0.2.1:5082: no answer; tls://192.0.2.2:5082: no answer;"
                                + " tls://192.0.2.3:5082: no answer");
        assertThat(dialling.metAnotherKey()).isFalse();
    }

    @Test
    void withoutAnAddressThereIsNothingToDial() throws IOException {
        Dialling dialling = new Dialling(ground(new Swallowing()), new TestIdentity().id());

        assertThat(dialling.open(List.of(), Duration.ofSeconds(3))).isEmpty();
        assertThat(dialling.errors()).isEqualTo("no address is known");
    }

    private Ground ground(Peers peers) throws IOException {
        try (Lan lan = new Lan(data)) {
            Box box = lan.host("a");
            return new Ground(
                    new TestIdentity(),
                    TestHost.linkable("a", data),
                    box.group,
                    peers,
                    box.presence,
                    new Records(box.audit),
                    time,
                    time::nanos);
        }
    }

    /** Every dial takes all the time it is given. */
    private final class Swallowing implements Peers {
        @Override
        public Channel open(HostId member, String protocol) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Channel open(Endpoint endpoint, HostId expected, String protocol, Duration timeout)
                throws IOException {
            shares.add(timeout);
            time.passNanos(timeout.toNanos());
            throw new SocketTimeoutException("no answer");
        }
    }
}

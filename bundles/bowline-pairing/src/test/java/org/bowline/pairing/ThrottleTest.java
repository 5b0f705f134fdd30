package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.bowline.api.identity.HostId;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final Lan.Time time = new Lan.Time();
    private final Throttle throttle = new Throttle(time::nanos);
    private final HostId bad = new TestIdentity().id();
    private final HostId honest = new TestIdentity().id();

    @Test
    void aHostMayFailFiveTimesAMinute() {
        fail(4, "192.0.2.1", bad);
        assertThat(throttle.allows("192.0.2.1", bad)).isTrue();
        fail(1, "192.0.2.1", bad);
        assertThat(throttle.allows("192.0.2.1", bad)).isFalse();

        time.pass(61);

        assertThat(throttle.allows("192.0.2.1", bad)).isTrue();
    }

    @Test
    void anHonestHostAtTheSameAddressGetsThrough() {
        fail(20, "192.0.2.1", bad);

        assertThat(throttle.allows("192.0.2.1", honest)).isTrue();
    }

    @Test
    void freshKeysGiveNoMoreThanThirtyTriesFromOneAddress() {
        for (HostId key : keys(30)) {
            assertThat(throttle.allows("192.0.2.1", key)).isTrue();
            throttle.failed("192.0.2.1", key);
        }

        assertThat(throttle.allows("192.0.2.1", honest)).isFalse();
    }

    @Test
    void aFloodFromElsewhereNeverLocksAnHonestAddressOut() {
        List<HostId> keys = keys(20);
        IntStream.range(0, 200)
                .forEach(i -> throttle.failed("192.0.2." + i % 100, keys.get(i % 20)));

        assertThat(throttle.allows("192.0.2.7", keys.get(0))).isFalse();
        assertThat(throttle.allows("192.0.2.200", honest)).isTrue();
    }

    private void fail(int times, String address, HostId key) {
        IntStream.range(0, times).forEach(i -> throttle.failed(address, key));
    }

    private static List<HostId> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> new TestIdentity().id()).toList();
    }
}

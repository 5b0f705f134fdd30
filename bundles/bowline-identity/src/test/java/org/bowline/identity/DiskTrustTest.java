package org.bowline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.TrustedHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTrustTest {
    private static final TestIdentity SELF = new TestIdentity();
    private static final TestIdentity OTHER = new TestIdentity();
    private static final TrustedHost OTHER_HOST =
            OTHER.trusted(new Endpoint("tls", "192.0.2.10", 5082));

    @TempDir private Path data;

    @Test
    void trustsItselfAloneAtFirst() throws Exception {
        DiskTrust trust = new DiskTrust(data, SELF);

        assertThat(trust.all()).extracting(TrustedHost::id).containsExactly(SELF.id());
        assertThat(trust.mayOpen(OTHER.id(), "feed/1")).isFalse();
    }

    @Test
    void strangersMayOnlyPair() throws Exception {
        DiskTrust trust = new DiskTrust(data, SELF);

        assertThat(trust.mayOpen(OTHER.id(), "pair/1")).isTrue();
        assertThat(trust.mayOpen(OTHER.id(), "pairs/1")).isFalse();
        assertThat(trust.mayOpen(OTHER.id(), "raft/1")).isFalse();
    }

    @Test
    void remembersMembersOverARestart() throws Exception {
        new DiskTrust(data, SELF).replace(List.of(SELF.trusted(), OTHER_HOST), 7);

        DiskTrust again = new DiskTrust(data, SELF);

        assertThat(again.find(OTHER.id())).contains(OTHER_HOST);
        assertThat(again.mayOpen(OTHER.id(), "feed/1")).isTrue();
    }

    @Test
    void tellsWatchersUntilTheyClose() throws Exception {
        DiskTrust trust = new DiskTrust(data, SELF);
        List<Boolean> seen = new ArrayList<>();
        var watch = trust.watch(() -> seen.add(trust.mayOpen(OTHER.id(), "feed/1")));

        trust.replace(List.of(SELF.trusted(), OTHER_HOST), 1);
        trust.replace(List.of(SELF.trusted()), 2);
        watch.close();
        trust.replace(List.of(SELF.trusted(), OTHER_HOST), 3);

        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void refusesAMemberWithAForeignKey() throws Exception {
        DiskTrust trust = new DiskTrust(data, SELF);
        TrustedHost forged = new TrustedHost(OTHER.id(), SELF.key(), List.of());

        assertThatThrownBy(() -> trust.replace(List.of(forged), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(trust.find(OTHER.id())).isEmpty();
    }

    @Test
    void ratherDoesNotStartThanTrustADamagedList() throws Exception {
        new DiskTrust(data, SELF).replace(List.of(SELF.trusted()), 1);
        Files.writeString(data.resolve("identity/members.json"), "{\"revision\": 1, \"mem");

        assertThatThrownBy(() -> new DiskTrust(data, SELF))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("members.json");
    }
}

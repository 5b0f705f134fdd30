package org.bowline.itests.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.Refusal;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd with one token, over real TLS. */
class ManyHostsSlowIT {
    private static final int HOSTS = 100;
    private static final Duration SOON = Duration.ofSeconds(90);

    /** The leader and a follower hold a channel for the feed and one for presence. */
    private static final int SOCKETS_OF_A_LINK = 4;

    /** What a leader has for a follower: a thread for each channel, and who writes to them. */
    private static final int THREADS_OF_A_LINK = 5;

    @TempDir Path folder;

    @Test
    void ofAHundredHostsWithOneTokenExactlyOneGetsIn() throws Exception {
        try (Crowd crowd = new Crowd(folder)) {
            OneJvm leader = crowd.leader();
            List<OneJvm> hosts = crowd.started(HOSTS);
            String token = leader.token();
            int sockets = sockets();
            int threads = leader.threadCount();

            for (OneJvm host : hosts) {
                host.link(token);
            }

            OneJvm in = theOneThatGotIn(hosts);
            assertThat(leader.pairing().hosts())
                    .extracting(HostRow::name)
                    .containsExactly(leader.name(), in.name());
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(sockets()).isEqualTo(sockets + SOCKETS_OF_A_LINK));
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(leader.threadCount())
                                            .isLessThanOrEqualTo(threads + THREADS_OF_A_LINK));
        }
    }

    /** All others were told why not, and are as they were. */
    private static OneJvm theOneThatGotIn(List<OneJvm> hosts) throws IOException {
        List<OneJvm> in = new ArrayList<>();
        for (OneJvm host : hosts) {
            Operation ended = host.linked(SOON);
            if (ended.status() == LinkStatus.COMPLETED) {
                in.add(host);
            } else {
                assertThat(ended.reason().orElseThrow().refusal())
                        .as(host.name() + ": " + ended.reason())
                        .isIn(
                                Refusal.TOKEN_USED, // or the leader was busy with the others
                                Refusal.TOKEN_EXPIRED,
                                Refusal.PAIRING_INTERRUPTED,
                                Refusal.FOLLOWER_UNREACHABLE,
                                Refusal.LEADER_UNREACHABLE,
                                Refusal.PAIRING_THROTTLED);
                assertThat(host.group().view().alone()).as(host.name()).isTrue();
                assertThat(host.pairing().link().cannotLink()).as(host.name()).isEmpty();
            }
        }
        assertThat(in).extracting(OneJvm::name).hasSize(1);
        return in.get(0);
    }

    private static int sockets() {
        try {
            return Usage.sockets(ProcessHandle.current().pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

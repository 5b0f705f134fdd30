package org.bowline.peers.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.identity.HostId;
import org.bowline.peers.Node;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class LinkTest {
    /** Whose beats never come. */
    private static final Pace CHANGES_ONLY =
            new Pace(
                    Duration.ofHours(1),
                    Duration.ofHours(5),
                    3,
                    Duration.ofMillis(1),
                    Duration.ofMillis(1));

    private final HostId peer = new TestIdentity().id();
    private final OpenChannel channel = new OpenChannel(peer);

    @Test
    void whoWantedALinkThatWasWritingIsCalledWhenItIsIdle() {
        AtomicInteger calls = new AtomicInteger();
        Links links = new Links(link -> calls.incrementAndGet());
        Link link = new Link(channel, new Voice(peer), true);

        assertThat(link.claim()).isTrue();
        links.send(link, List.of(new byte[1]));
        await().until(() -> channel.writes.get() == 1);
        assertThat(link.claim()).isFalse();
        assertThat(calls).hasValue(0);
        channel.room.release();

        await().until(() -> calls.get() == 1);
        assertThat(link.claim()).isTrue();
        assertThat(link.write(List.of())).isFalse();
        links.stop();
    }

    @Test
    void aChangeThatMetALinkStillWritingIsToldWithoutABeat() throws Exception {
        try (Node node = new Node(new LoopbackNetwork())) {
            BeatPresence presence =
                    new BeatPresence(node.peers(), node.trust, node.id(), "boot", CHANGES_ONLY);
            presence.start();
            Thread reader = new Thread(() -> read(presence));
            reader.start();
            await().until(() -> channel.writes.get() == 1); // all that is known

            AtomicInteger flushes = new AtomicInteger();
            presence.watch(flushes::incrementAndGet);
            presence.say("content", "news".getBytes(UTF_8));
            await().until(() -> flushes.get() > 0); // it met the link still writing
            assertThat(channel.writes).hasValue(1);
            channel.room.release();

            await().until(() -> channel.writes.get() == 2);
            presence.stop();
            reader.join();
        }
    }

    private void read(BeatPresence presence) {
        try {
            presence.handle(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

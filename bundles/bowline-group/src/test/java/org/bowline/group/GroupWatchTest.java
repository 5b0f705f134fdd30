package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.Subscription;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Member;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.LoopbackPeers;
import org.bowline.testkit.MemoryTrust;
import org.bowline.testkit.TestHost;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who is slow holds up anybody else. */
class GroupWatchTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private GroupHost leader;
    private GroupHost follower;

    @BeforeEach
    void start() throws IOException {
        leader = GroupHost.start(network, "a", data);
        follower = GroupHost.start(network, "b", data);
        leader.link(follower);
    }

    @AfterEach
    void stop() throws IOException {
        leader.close();
        follower.close();
    }

    @Test
    void tellsOfChangesOnLeaderAndFollowerUntilClosed() throws IOException {
        AtomicInteger here = new AtomicInteger();
        AtomicInteger there = new AtomicInteger();
        Subscription watch = leader.group().watch(here::incrementAndGet);
        follower.group()
                .watch(
                        () -> {
                            if (follower.texts().contains("one")) {
                                there.incrementAndGet();
                            }
                        });

        leader.write("one");

        await().untilAsserted(
                        () -> {
                            assertThat(here).hasPositiveValue();
                            assertThat(there).hasPositiveValue();
                        });
        watch.close();
        int seen = here.get();
        int other = there.get();
        leader.write("two");
        await().untilAsserted(() -> assertThat(there.get()).isGreaterThan(other));
        assertThat(here).hasValue(seen);
    }

    @Test
    void aWatcherThatBlocksOrFailsHoldsUpNoCommit() throws IOException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        leader.group()
                .watch(
                        () -> {
                            blocked.countDown();
                            try {
                                done.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new IllegalStateException("a watcher that fails");
                        });
        leader.write("one");
        await().until(() -> blocked.getCount() == 0);

        leader.write("two");

        await().untilAsserted(() -> assertThat(follower.texts()).containsExactly("one", "two"));
        AtomicInteger after = new AtomicInteger();
        leader.group().watch(after::incrementAndGet);
        done.countDown();
        await().untilAsserted(() -> assertThat(after).hasPositiveValue());
    }

    @Test
    void aFollowerThatDoesNotReadSlowsNoOther() throws IOException {
        TestIdentity stalled = new TestIdentity();
        MemoryTrust trust = new MemoryTrust(leader.identity.trusted(leader.at));
        var at = network.reserve();
        var member =
                new Member(stalled.id(), stalled.key(), TestHost.linkableFacts("stalled", at), 0);
        long link = leader.group().commit(Commit.of(GroupHost.ANNA, new Change.Admit(member)));
        leader.group().invitation(stalled.id());
        try (LoopbackPeers peers = new LoopbackPeers(network.join(at, stalled, trust), trust);
                Channel channel = peers.open(leader.id(), "feed/1")) {
            channel.output().write(hello(leader.view().id(), link));

            for (int i = 0; i < 30; i++) {
                leader.write("k" + i, "x".repeat(100 << 10));
            }

            await().untilAsserted(
                            () ->
                                    assertThat(follower.view().revision())
                                            .isEqualTo(leader.view().revision()));
            assertThat(channel.input().read()).isNotNegative(); // it was being fed all the time
        }
    }

    /** As it stands on the wire for ever. */
    private static byte[] hello(String group, long link) throws IOException {
        byte[] json =
                ("{\"v\":1,\"group\":\""
                                + group
                                + "\",\"generation\":1,\"link\":"
                                + link
                                + ",\"revision\":0}")
                        .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(frame);
        out.writeInt(1 + json.length);
        out.write(1);
        out.write(json);
        return frame.toByteArray();
    }
}

package org.bowline.peers.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiallersTest {
    private static final int CROWD = 300;
    private static final HostId SOMEBODY = new TestIdentity().id();

    /** A network on which nobody answers before the test lets them. */
    private final class SlowPeers implements Peers {
        final List<HostId> dialled = new CopyOnWriteArrayList<>();
        final AtomicInteger trying = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final Semaphore answers = new Semaphore(0);
        final Semaphore failures = new Semaphore(0);

        @Override
        public Channel open(HostId member, String protocol) throws IOException {
            dialled.add(member);
            most.accumulateAndGet(trying.incrementAndGet(), Math::max);
            try {
                answers.acquire();
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                trying.decrementAndGet();
            }
            if (failures.tryAcquire()) {
                throw new IOException(member + " does not answer");
            }
            return new OpenChannel(member);
        }

        @Override
        public Channel open(Endpoint at, HostId expected, String protocol, Duration timeout)
                throws IOException {
            throw new IOException("not of this test");
        }
    }

    private final SlowPeers peers = new SlowPeers();
    private final Set<HostId> talking = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Diallers diallers = new Diallers(peers, this::hold, timer, Runnable::run, 10);

    @AfterEach
    void end() {
        diallers.stop();
        peers.answers.release(1000);
        timer.shutdownNow();
    }

    @Test
    void ofACrowdAFewAreTriedAtOneTimeAndTheOthersCostNoThread() {
        diallers.want(crowd(CROWD), Set.of());

        await().until(() -> peers.trying.get() == Diallers.AT_ONCE);
        peers.failures.release(50);
        peers.answers.release(50);
        await().until(() -> peers.dialled.size() >= 50 + Diallers.AT_ONCE);

        assertThat(peers.most).hasValue(Diallers.AT_ONCE);
        assertThat(threads()).isLessThanOrEqualTo(2 * Diallers.AT_ONCE);
    }

    @Test
    void whoAnsweredMakesRoomForTheNext() {
        diallers.want(crowd(40), Set.of());

        peers.answers.release(40);

        await().until(() -> talking.size() == 40);
        assertThat(peers.most.get()).isLessThanOrEqualTo(Diallers.AT_ONCE);
    }

    @Test
    void anUrgentOneIsDialledThoughTheOthersWait() {
        Set<HostId> crowd = crowd(40);
        diallers.want(crowd, Set.of());
        await().until(() -> peers.trying.get() == Diallers.AT_ONCE);

        crowd.add(SOMEBODY);
        diallers.want(crowd, Set.of(SOMEBODY));

        await().until(() -> peers.dialled.contains(SOMEBODY));
    }

    @Test
    void whoBecomesUrgentIsDialledThoughTheOthersWait() {
        Set<HostId> crowd = crowd(40);
        diallers.want(crowd, Set.of());
        await().until(() -> peers.trying.get() == Diallers.AT_ONCE);
        HostId waiting =
                crowd.stream()
                        .filter(host -> !peers.dialled.contains(host))
                        .findAny()
                        .orElseThrow();

        diallers.want(crowd, Set.of(waiting));

        await().until(() -> peers.dialled.contains(waiting));
        assertThat(peers.trying.get()).isEqualTo(Diallers.AT_ONCE + 1);
    }

    @Test
    void whoIsNotWantedAnyMoreIsNotTried() {
        Set<HostId> crowd = crowd(40);
        diallers.want(crowd, Set.of());
        await().until(() -> peers.trying.get() == Diallers.AT_ONCE);

        diallers.want(Set.of(SOMEBODY), Set.of());
        peers.answers.release(Diallers.AT_ONCE);

        await().until(() -> peers.dialled.contains(SOMEBODY));
        assertThat(peers.dialled).hasSize(Diallers.AT_ONCE + 1);
        assertThat(talking).doesNotContainAnyElementsOf(crowd);
    }

    @Test
    void aChannelThatIsNotWantedAnyMoreIsClosed() {
        peers.answers.release();
        diallers.want(Set.of(SOMEBODY), Set.of(SOMEBODY));
        await().until(() -> talking.contains(SOMEBODY));

        diallers.want(Set.of(), Set.of());

        await().until(talking::isEmpty);
    }

    @Test
    void whoDoesNotAnswerIsTriedAgain() {
        peers.failures.release(2);
        peers.answers.release(3);

        diallers.want(Set.of(SOMEBODY), Set.of());

        await().until(() -> talking.contains(SOMEBODY));
        assertThat(peers.dialled).hasSize(3);
    }

    private void hold(Channel channel, boolean accepted) throws IOException {
        talking.add(channel.peer());
        channel.input().read();
        talking.remove(channel.peer());
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bowline-presence-dial"))
                .count();
    }

    private static Set<HostId> crowd(int size) {
        Set<HostId> crowd = new HashSet<>();
        while (crowd.size() < size) {
            crowd.add(HostId.of(new byte[] {(byte) crowd.size(), (byte) (crowd.size() >> 8)}));
        }
        return crowd;
    }
}

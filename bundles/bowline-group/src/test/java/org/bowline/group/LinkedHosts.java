package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Takeover;
import org.bowline.testkit.LoopbackNetwork;

/** A leader {@code a} and those that follow it, all of them up to date. */
final class LinkedHosts implements Closeable {
    final LoopbackNetwork network = new LoopbackNetwork();
    private final Path data;
    private final Map<String, GroupHost> hosts = new LinkedHashMap<>();

    LinkedHosts(Path data, String... followers) throws IOException {
        this.data = data;
        GroupHost leader = add("a");
        for (String name : followers) {
            leader.link(add(name));
        }
        leader.write("one");
        leader.write("two");
        for (String name : followers) {
            awaitSame(get(name), leader);
        }
    }

    /** Starts one more, linked to nobody. */
    GroupHost add(String name) throws IOException {
        GroupHost host = GroupHost.start(network, name, data);
        hosts.put(name, host);
        return host;
    }

    GroupHost get(String name) {
        return Objects.requireNonNull(hosts.get(name));
    }

    /** The leader is gone for all; the named one takes over. */
    Takeover takeOver(GroupHost survivor) throws IOException {
        survivor.awaitLost();
        return survivor.group().takeOver(GroupHost.ANNA);
    }

    /** That one is shown the takeover, once it may follow, and is fed. */
    void follow(GroupHost host, Takeover takeover, GroupHost shownBy) throws IOException {
        if (!host.view().voter() && !host.view().voters().contains(shownBy.id())) {
            host.awaitLost();
        }
        host.group().consider(takeover, shownBy.id());
        assertThat(host.view().id()).isEqualTo(takeover.group());
        awaitFed(host);
    }

    /** That voter is shown a takeover, until it knows that it feeds the other no more. */
    static void challenge(GroupHost voter, Takeover takeover, GroupHost shownBy) {
        await().until(
                        () -> {
                            try {
                                voter.group().consider(takeover, shownBy.id());
                                return true;
                            } catch (RefusedException e) {
                                assertThat(e.refusal()).isEqualTo(Refusal.LEADER_REACHABLE);
                                return false;
                            }
                        });
    }

    static void awaitFed(GroupHost host) {
        await().untilAsserted(() -> assertThat(host.view().feed()).isEqualTo(FeedState.CONNECTED));
    }

    /** Waits until the one holds what the other does. */
    static void awaitSame(GroupHost follower, GroupHost leader) {
        await().untilAsserted(
                        () -> {
                            assertThat(follower.view().revision())
                                    .isEqualTo(leader.view().revision());
                            assertThat(follower.notes().all()).isEqualTo(leader.notes().all());
                            assertThat(follower.view().members())
                                    .isEqualTo(leader.view().members());
                        });
    }

    static Refusal refusal(ThrowingCallable act) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, act);
        return Objects.requireNonNull(refused, "was not refused").refusal();
    }

    @Override
    public void close() throws IOException {
        for (GroupHost host : hosts.values()) {
            host.close();
        }
    }
}

package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.bowline.api.group.FeedState;
import org.bowline.testkit.LoopbackNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
    @TempDir Path data;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private GroupHost leader;
    private GroupHost follower;

    @BeforeEach
    void start() throws IOException {
        leader = GroupHost.start(network, "a", data);
        follower = GroupHost.start(network, "b", data);
    }

    @AfterEach
    void stop() throws IOException {
        leader.close();
        follower.close();
    }

    @Test
    void getsWhatWasThereAndWhatComesLater() throws IOException {
        leader.write("before");

        leader.link(follower);
        leader.write("later");

        await().untilAsserted(
                        () -> assertThat(follower.texts()).containsExactly("before", "later"));
        assertThat(follower.view().id()).isEqualTo(leader.view().id());
        assertThat(follower.view().voter()).isFalse();
        assertThat(follower.view().leader()).contains(leader.id());
        assertThat(follower.view().feed()).isEqualTo(FeedState.CONNECTED);
        assertThat(follower.view().members()).isEqualTo(leader.view().members());
        assertThat(follower.trusted()).isEqualTo(Set.of(leader.id(), follower.id()));
    }
}

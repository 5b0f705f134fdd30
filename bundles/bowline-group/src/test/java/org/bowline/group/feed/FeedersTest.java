package org.bowline.group.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;

class FeedersTest {
    private static final HostId SELF = new HostId("s".repeat(26));
    private static final HostId A = new HostId("a".repeat(26));
    private static final HostId B = new HostId("b".repeat(26));
    private static final HostId C = new HostId("c".repeat(26));

    private final AtomicReference<Set<HostId>> voters = new AtomicReference<>(Set.of(A));
    private final Feeders feeders = new Feeders(SELF, voters::get);

    @Test
    void areTheVotersAndWhomTheyName() {
        assertThat(feeders.all()).containsExactly(A);
        assertThat(feeders.has(B)).isFalse();

        feeders.name(Set.of(B, SELF));

        assertThat(feeders.all()).containsExactly(A, B);
        assertThat(feeders.has(B)).isTrue();
        assertThat(feeders.has(C)).isFalse();
    }

    @Test
    void beginWithTheOneThatFedLast() {
        voters.set(Set.of(A, B));

        feeders.begin(B);

        assertThat(feeders.all()).containsExactly(B, A);
    }

    @Test
    void mayFeedOverATimeInWhichTheyWereNoVoters() {
        feeders.begin(A);

        voters.set(Set.of(B));

        assertThat(feeders.has(A)).isTrue();
    }

    @Test
    void endWithTheirVoteOnceThisHostHasCaughtUp() {
        feeders.name(Set.of(C));
        feeders.begin(A);
        feeders.caughtUp(A);
        assertThat(feeders.all()).containsExactly(A);

        voters.set(Set.of(B));

        assertThat(feeders.has(A)).isFalse();
        assertThat(feeders.has(C)).isFalse();
        assertThat(feeders.all()).containsExactly(B);
    }

    @Test
    void areNotForgottenOnTheWordOfOneWhoIsNoVoterByTheState() {
        feeders.name(Set.of(B));
        feeders.begin(B);

        feeders.caughtUp(B);

        assertThat(feeders.all()).containsExactly(B, A);
    }
}

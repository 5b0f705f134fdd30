package org.bowline.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.testkit.LoopbackNetwork;
import org.bowline.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupRefusalsTest {
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

    private static RefusedException refused(ThrowingCallable act) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, act);
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void aFollowerNamesItsLeadersAddress() throws IOException {
        leader.link(follower);

        RefusedException refused = refused(() -> follower.write("one"));

        assertThat(refused.refusal()).isEqualTo(Refusal.USE_THE_LEADER);
        assertThat(refused.detail()).isEqualTo("use the leader 127.0.0.1");
        assertThat(leader.texts()).isEmpty();
    }

    @Test
    void aFollowerDoesNotFollowAnother() throws IOException {
        leader.link(follower);
        Invitation other = invitation(follower);

        RefusedException refused = refused(() -> follower.group().follow(other));

        assertThat(refused.refusal()).isEqualTo(Refusal.ALREADY_FOLLOWER);
        assertThat(follower.view().id()).isEqualTo(leader.view().id());
    }

    @Test
    void aLeaderWithFollowersDoesNotFollow() throws IOException {
        leader.link(follower);
        Invitation other = invitation(leader);

        RefusedException refused = refused(() -> leader.group().follow(other));

        assertThat(refused.refusal()).isEqualTo(Refusal.HAS_FOLLOWERS);
        leader.write("still here");
    }

    /** To a group that does not exist. */
    private static Invitation invitation(GroupHost host) {
        TestIdentity other = new TestIdentity();
        Member leads = new Member(other.id(), other.key(), host.host.facts(), 1);
        return new Invitation(
                "otherotherothero", 1, 2, Set.of(other.id()), List.of(leads, host.member()));
    }

    @Test
    void anInvitationForSomebodyElseIsNoInvitation() throws IOException {
        Invitation other = invitation(leader);

        assertThatThrownBy(() -> follower.group().follow(other))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(follower.view().voter()).isTrue();
        assertThat(follower.trusted()).containsExactly(follower.id());
    }

    @Test
    void aVoterDoesNotLeave() {
        RefusedException refused = refused(() -> leader.group().leave());

        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_FOLLOWER);
    }

    @Test
    void nobodyIsInvitedBeforeItIsAMember() {
        RefusedException refused = refused(() -> leader.group().invitation(follower.id()));

        assertThat(refused.refusal()).isEqualTo(Refusal.HOST_UNKNOWN);
    }

    @Test
    void aPreconditionMayAskForAMembersLink() throws IOException {
        leader.link(follower);
        long link = leader.view().member(follower.id()).orElseThrow().link();
        Change put = leader.notes().put("one", new GroupHost.Note("one"));
        String id = follower.id().value();

        RefusedException refused =
                refused(
                        () ->
                                leader.group()
                                        .commit(
                                                new Commit(
                                                        List.of(put),
                                                        List.of(
                                                                new Precondition(
                                                                        "members", id, link + 1)),
                                                        GroupHost.ANNA)));
        assertThat(refused.refusal()).isEqualTo(Refusal.STALE_REVISION);
        assertThat(leader.texts()).isEmpty();

        leader.group()
                .commit(
                        new Commit(
                                List.of(put),
                                List.of(new Precondition("members", id, link)),
                                GroupHost.ANNA));
        assertThat(leader.texts()).containsExactly("one");
    }

    @Test
    void aMemberIsNamedByItsKey() {
        Member wrong =
                new Member(follower.id(), new TestIdentity().key(), follower.host.facts(), 0);

        assertThatThrownBy(
                        () ->
                                leader.group()
                                        .commit(Commit.of(GroupHost.ANNA, new Change.Admit(wrong))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theGroupsOwnSliceIsNotForRooms() {
        var own = leader.group().slice("group", String.class);

        assertThatThrownBy(
                        () ->
                                leader.group()
                                        .commit(Commit.of(GroupHost.ANNA, own.put("wanted", "me"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

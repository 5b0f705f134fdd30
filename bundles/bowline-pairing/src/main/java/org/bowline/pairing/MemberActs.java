package org.bowline.pairing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Reason;

/** What is asked of this host about another member. Each is recorded, done or refused. */
record MemberActs(Ground ground, Position position, Admission admission, LinkBook book) {
    /** Takes a follower out, whether it can be reached or not. */
    void unlink(HostId follower, Actor actor) throws IOException {
        during(
                actor,
                "link.unlink",
                follower,
                () -> expel(follower, led(follower, "Unlink it on the leader"), actor));
    }

    /** Takes a follower out that does not answer. */
    void forget(HostId follower, Actor actor) throws IOException {
        during(
                actor,
                "link.forget",
                follower,
                () -> {
                    Member member = led(follower, "Forget it on the leader");
                    Optional<Reason> cannot =
                            position.cannotForget(member, ground.islands().reachable(follower));
                    if (cannot.isPresent()) {
                        throw new RefusedException(cannot.get().refusal(), cannot.get().detail());
                    }
                    return expel(follower, member, actor);
                });
    }

    /** Always refused: a linked host's address is fixed, and one on its own has a file for it. */
    void changeAddresses(HostId host, List<String> addresses, Actor actor) throws IOException {
        during(
                actor,
                "host.addresses",
                host,
                () -> {
                    GroupView view = ground.group().view();
                    throw new RefusedException(
                            view.alone() ? Refusal.SETTING_IN_FILE : Refusal.ADDRESS_FIXED,
                            member(view, host).facts().name()
                                    + " was to have "
                                    + String.join(", ", addresses));
                });
    }

    private void during(Actor actor, String act, HostId host, Records.Deed<Boolean> deed)
            throws IOException {
        ground.records().during(actor, act, host.value(), "", deed);
    }

    private boolean expel(HostId host, Member member, Actor actor) throws IOException {
        admission.expel(host, member.link(), actor);
        book.gone(host);
        return true;
    }

    private Member led(HostId host, String otherwise) throws RefusedException {
        GroupView view = ground.group().view();
        if (!view.voter()) {
            throw new RefusedException(Refusal.USE_THE_LEADER, otherwise);
        }
        return member(view, host);
    }

    private static Member member(GroupView view, HostId host) throws RefusedException {
        return view.member(host)
                .orElseThrow(
                        () -> new RefusedException(Refusal.HOST_UNKNOWN, host + " is no member"));
    }
}

package org.bowline.pairing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bowline.api.Refusal;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Reason;

/**
 * Where this host stands now: alone, leading or following; and what that keeps it from. Never
 * waits.
 */
final class Position {
    private final Ground ground;
    private final Slice<LinkFact> facts;

    Position(Ground ground) {
        this.ground = ground;
        this.facts = ground.group().slice(LinkFact.SLICE, LinkFact.class);
    }

    GroupView group() {
        return ground.group().view();
    }

    boolean follows() {
        return !group().voter();
    }

    /** The entry by which this host leads. */
    Optional<Entry<LinkFact>> leading() {
        return follows() ? Optional.empty() : facts.get(LinkFact.leader(ground.self()));
    }

    boolean leads() {
        return leading().isPresent();
    }

    /** All who lead; a follower that was not fed yet knows only who decides. */
    Set<HostId> leaders() {
        GroupView view = group();
        Set<HostId> named =
                facts.all().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(LinkFact.LEADER))
                        .map(entry -> entry.getValue().value().host())
                        .filter(host -> view.member(host).isPresent())
                        .collect(Collectors.toSet());
        return named.isEmpty() && !view.voter() ? view.voters() : named;
    }

    /** The leader that this host follows. */
    Optional<HostId> leader() {
        GroupView view = group();
        return view.voter()
                ? Optional.empty()
                : view.leader().or(() -> leaders().stream().sorted().findFirst());
    }

    /** A takeover of the group that this host leads; empty if there is none. */
    Optional<Takeover> challenge() {
        return group().challenge();
    }

    Optional<Reason> cannotTakeOver() {
        GroupView view = group();
        if (view.challenge().isPresent()) {
            return Optional.empty();
        }
        if (view.voter()) {
            return reason(
                    Refusal.NOT_FOLLOWER,
                    view.alone() ? "It is on its own" : "It leads this group itself");
        }
        if (view.voters().size() > 1) {
            return reason(
                    Refusal.IN_CLUSTER, view.voters().size() + " control-plane nodes lead it");
        }
        return cannotTakeOver(view.leaderLost());
    }

    private Optional<Reason> cannotTakeOver(Optional<Duration> lost) {
        if (lost.isEmpty()) {
            return reason(Refusal.LEADER_REACHABLE, leaderName() + " answers");
        }
        return lost.get().compareTo(Group.LOST) >= 0
                ? Optional.empty()
                : reason(
                        Refusal.LEADER_REACHABLE,
                        leaderName()
                                + " has not answered for "
                                + lost.get().toSeconds()
                                + " s; after "
                                + Group.LOST.toSeconds()
                                + " s it counts as lost");
    }

    /** Why a member cannot be forgotten here. */
    Optional<Reason> cannotForget(Member member, boolean reachable) {
        Optional<Reason> leads = decides(member);
        if (leads.isPresent()) {
            return leads;
        }
        if (!group().voter()) {
            return reason(Refusal.USE_THE_LEADER, "Forget it on " + leaderName());
        }
        return reachable
                ? reason(Refusal.HOST_REACHABLE, member.facts().name() + " answers")
                : Optional.empty();
    }

    /** Why a member cannot be unlinked here. */
    Optional<Reason> cannotUnlink(Member member) {
        GroupView view = group();
        Optional<Reason> leads = decides(member);
        if (leads.isPresent()) {
            return leads;
        }
        return member.id().equals(view.self()) || view.voter()
                ? Optional.empty()
                : reason(
                        Refusal.USE_THE_LEADER,
                        "Unlink it on " + leaderName() + ", or on the host itself");
    }

    /** That a member is no follower, but one of those who decide. */
    private Optional<Reason> decides(Member member) {
        GroupView view = group();
        String name = member.facts().name();
        return view.voters().contains(member.id())
                ? reason(
                        Refusal.NOT_FOLLOWER,
                        view.alone() ? name + " is on its own" : name + " is the leader")
                : Optional.empty();
    }

    Optional<Reason> cannotLead() {
        if (leads()) {
            return Optional.empty();
        }
        return linked().or(() -> LinkRules.alone(ground.host().facts()));
    }

    Optional<Reason> cannotStop() {
        GroupView view = group();
        if (!leads()) {
            return reason(Refusal.NOT_LEADING, "It generates no tokens");
        }
        List<String> others =
                view.members().stream()
                        .filter(member -> !member.id().equals(view.self()))
                        .map(member -> member.facts().name())
                        .sorted()
                        .toList();
        return others.isEmpty()
                ? Optional.empty()
                : reason(Refusal.HAS_FOLLOWERS, "Linked to it: " + String.join(", ", others));
    }

    Optional<Reason> cannotLink() {
        if (leads()) {
            return reason(Refusal.IS_LEADER, ground.host().facts().name() + " generates tokens");
        }
        return linked().or(() -> LinkRules.alone(ground.host().facts()));
    }

    Optional<Reason> cannotUnlink() {
        if (follows()) {
            return Optional.empty();
        }
        return leads()
                ? reason(
                        Refusal.NOT_FOLLOWER,
                        "It is the leader: unlink its followers, then press Stop token generation")
                : reason(Refusal.NOT_FOLLOWER, "It is on its own");
    }

    private Optional<Reason> linked() {
        if (follows()) {
            return reason(Refusal.ALREADY_FOLLOWER, "It is linked to " + leaderName());
        }
        return group().alone()
                ? Optional.empty()
                : reason(Refusal.HAS_FOLLOWERS, "Other hosts are linked to it");
    }

    String leaderName() {
        GroupView view = group();
        return leader().flatMap(view::member)
                .map(Member::facts)
                .map(facts -> facts.name())
                .orElse("a leader");
    }

    private static Optional<Reason> reason(Refusal refusal, String detail) {
        return Optional.of(new Reason(refusal, detail));
    }
}

package org.bowline.pairing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bowline.api.Refusal;
import org.bowline.api.group.Entry;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Slice;
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

    private String leaderName() {
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

package org.bowline.pairing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;

/**
 * That this host leaves a group, offered to those who decide there, or may by now, until one of
 * them has acknowledged it. Nobody but this host can say it: it is said on a channel whose
 * handshake proves this host's key.
 *
 * @param group that is left
 * @param link this host's link number in it: a later link to the same group is not meant
 * @param hosts who can be told
 */
record Goodbye(String group, long link, List<Target> hosts) {
    private static final int MOST_TARGETS = 20;

    /** One who can be told, and where. */
    record Target(HostId id, List<Endpoint> endpoints) {
        Target {
            endpoints = List.copyOf(endpoints);
        }
    }

    Goodbye {
        hosts = List.copyOf(hosts);
    }

    /** To the group that this host follows now. */
    static Goodbye to(GroupView view) {
        long link = view.member(view.self()).map(Member::link).orElse(0L);
        return new Goodbye(view.id(), link, targets(view.voters(), view.members(), view.self()));
    }

    /** To a group that this host was admitted to, and will not join. */
    static Goodbye to(Invitation invitation, HostId self) {
        return new Goodbye(
                invitation.groupId(),
                invitation.link(),
                targets(invitation.voters(), invitation.members(), self));
    }

    /** Those who decide come first; others may decide by the time that they are told. */
    private static List<Target> targets(
            Collection<HostId> voters, List<Member> members, HostId self) {
        List<Member> others = new ArrayList<>(members);
        others.removeIf(member -> member.id().equals(self));
        Collections.shuffle(others);
        return others.stream()
                .sorted(Comparator.comparing(member -> !voters.contains(member.id())))
                .limit(MOST_TARGETS)
                .map(member -> new Target(member.id(), member.facts().endpoints()))
                .toList();
    }

    /** Whether the membership that this is about is the one of that view. */
    boolean means(GroupView view) {
        return !view.voter()
                && view.id().equals(group)
                && view.member(view.self()).filter(self -> self.link() != link).isEmpty();
    }
}

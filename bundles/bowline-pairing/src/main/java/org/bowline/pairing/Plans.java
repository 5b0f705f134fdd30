package org.bowline.pairing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Plan.Act;
import org.bowline.api.pairing.Plan.Change;
import org.bowline.api.pairing.Reason;

/** Tells what an act would change on which host, and what stays. Never waits. */
final class Plans {
    private static final String CONTENT_STAYS = "All content stays on every host that has it";

    private final Ground ground;
    private final Position position;

    Plans(Ground ground, Position position) {
        this.ground = ground;
        this.position = position;
    }

    Plan plan(Act act, Optional<HostId> host) throws RefusedException {
        return switch (act) {
            case UNLINK -> unlink(member(host));
            case FORGET -> forget(member(host));
            case TAKE_OVER -> takeOver();
            case YIELD -> yielding();
            case STOP_LEADING -> stopLeading();
        };
    }

    private Member member(Optional<HostId> host) throws RefusedException {
        HostId id = host.orElse(ground.self());
        return position.group()
                .member(id)
                .orElseThrow(
                        () -> new RefusedException(Refusal.HOST_UNKNOWN, id + " is no member"));
    }

    private Plan unlink(Member member) {
        boolean self = member.id().equals(ground.self());
        String name = member.facts().name();
        List<Change> changes = new ArrayList<>();
        changes.add(
                new Change(
                        name,
                        "leaves the group, is on its own, and may be linked to another leader"));
        changes.add(
                new Change("all others", "take " + name + " off the table and trust it no more"));
        if (!self && !ground.islands().reachable(member.id())) {
            changes.add(new Change(name, "cannot be told now: it learns of it when it returns"));
        }
        return new Plan(
                Act.UNLINK,
                changes,
                List.of(
                        name + " keeps the content that it holds",
                        "The others and their content stay as they are"),
                self ? position.cannotUnlink() : position.cannotUnlink(member));
    }

    private Plan forget(Member member) {
        String name = member.facts().name();
        return new Plan(
                Act.FORGET,
                List.of(
                        new Change(
                                "all hosts", "take " + name + " off the table, trust it no more"),
                        new Change(
                                name,
                                "learns that it is out if it ever returns; it never rejoins by"
                                        + " itself")),
                List.of(CONTENT_STAYS),
                position.cannotForget(member, ground.islands().reachable(member.id())));
    }

    private Plan takeOver() {
        GroupView view = position.group();
        long above = view.challenge().map(Takeover::generation).orElse(view.generation());
        String self = ground.host().facts().name();
        Islands islands = ground.islands();
        List<Change> changes = new ArrayList<>();
        changes.add(
                new Change(self, "becomes the leader of this group in generation " + (above + 1)));
        for (Member member : view.members()) {
            if (!member.id().equals(view.self())) {
                changes.add(new Change(member.facts().name(), joins(view, islands, member)));
            }
        }
        return new Plan(
                Act.TAKE_OVER,
                changes,
                List.of(
                        CONTENT_STAYS,
                        "All hosts stay linked, as " + self + " knows them now",
                        "What another host alone accepted meanwhile is set aside there, and"
                                + " listed"),
                position.cannotTakeOver());
    }

    private static String joins(GroupView view, Islands islands, Member member) {
        Optional<Islands.Place> place = islands.of(member.id());
        if (!islands.reachable(member.id())) {
            return view.voters().contains(member.id())
                    ? "is lost; when it returns it follows, or asks its operator"
                    : "cannot be reached now; it follows when it returns";
        }
        boolean newer =
                place.filter(there -> there.id().equals(view.id()))
                        .filter(there -> there.revision() > view.revision())
                        .isPresent();
        return newer
                ? "follows, and sets aside what it holds newer: taking over there would keep it"
                : "follows";
    }

    private Plan yielding() {
        Optional<Takeover> challenge = position.challenge();
        String self = ground.host().facts().name();
        String by =
                challenge
                        .map(Takeover::by)
                        .flatMap(position.group()::member)
                        .map(member -> member.facts().name())
                        .orElse("who took over");
        return new Plan(
                Act.YIELD,
                List.of(
                        new Change(self, "leads no more and follows " + by),
                        new Change("its followers", "follow " + by + " likewise")),
                List.of(
                        CONTENT_STAYS,
                        "What " + self + " alone accepted is set aside here, and listed"),
                challenge.isPresent()
                        ? Optional.empty()
                        : Optional.of(new Reason(Refusal.NOT_CHALLENGED, "Nobody took it over")));
    }

    private Plan stopLeading() {
        String self = ground.host().facts().name();
        return new Plan(
                Act.STOP_LEADING,
                List.of(
                        new Change(
                                self,
                                "generates no tokens any more; the one shown now is dead at"
                                        + " once")),
                List.of(CONTENT_STAYS, self + " can be linked to another leader"),
                position.cannotStop());
    }
}

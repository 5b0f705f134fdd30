package org.bowline.pairing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkParticipant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes hosts into the group and out of it: each act one commit, with the preconditions that make
 * it safe.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /** Two admissions at once make one of them stale; it then looks again. */
    private static final int TRIES = 5;

    private final Group group;
    private final Slice<LinkFact> facts;
    private final Supplier<List<LinkParticipant>> participants;

    Admission(Group group, Supplier<List<LinkParticipant>> participants) {
        this.group = group;
        this.facts = group.slice(LinkFact.SLICE, LinkFact.class);
        this.participants = participants;
    }

    /**
     * Admits a host, not yet confirmed, and takes in what it brings.
     *
     * <p>Precondition: this host still leads, with the very entry that was read.
     */
    Invitation admit(HostId host, byte[] key, HostFacts described, Map<String, byte[]> offers)
            throws IOException {
        Member member = new Member(host, Base64.getEncoder().encodeToString(key), described, 0);
        for (int left = TRIES; ; left--) {
            try {
                commitAdmission(member);
                break;
            } catch (RefusedException e) {
                if (e.refusal() != Refusal.STALE_REVISION || left == 1) {
                    throw e;
                }
            }
        }
        Invitation invitation = group.invitation(host);
        try {
            takeIn(host, offers);
            return invitation;
        } catch (IOException | RuntimeException e) { // else it stays, and nobody confirms it
            expel(host, invitation.link(), Actor.SYSTEM);
            throw new RefusedException(
                    Refusal.PAIRING_INTERRUPTED,
                    "What " + described.name() + " brings could not be taken in: " + e.getMessage(),
                    e);
        }
    }

    private void commitAdmission(Member member) throws IOException {
        String leader = LinkFact.leader(group.view().self());
        Entry<LinkFact> leading =
                facts.get(leader)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.NOT_LEADING,
                                                "Token generation was stopped"));
        group.commit(
                new Commit(
                        List.of(
                                new Change.Admit(member),
                                facts.put(LinkFact.joining(member.id()), new LinkFact(member.id())),
                                facts.remove(MoveFact.moved(member.id())),
                                facts.put(leader, leading.value())),
                        List.of(facts.unchanged(leader, leading)),
                        Actor.SYSTEM));
    }

    private void takeIn(HostId host, Map<String, byte[]> offers) throws IOException {
        for (LinkParticipant participant : participants.get()) {
            byte[] offer = offers.get(participant.room());
            if (offer != null) {
                participant.accept(host, offer, Actor.SYSTEM);
            }
        }
    }

    /** The member says that it holds the membership for good; whether that is news. */
    boolean confirm(HostId host, long link) throws IOException {
        Precondition linked = new Precondition(Precondition.MEMBERS, host.value(), link);
        if (group.view().member(host).filter(member -> member.link() == link).isEmpty()) {
            throw new RefusedException(
                    Refusal.HOST_UNKNOWN, host + " is not a member with link " + link);
        }
        if (facts.get(LinkFact.joining(host)).isEmpty()) {
            return false;
        }
        group.commit(
                new Commit(
                        List.of(facts.remove(LinkFact.joining(host))),
                        List.of(linked),
                        Actor.SYSTEM));
        return true;
    }

    /**
     * Takes a host out.
     *
     * <p>Precondition: it is a member by that link number; if it is not, there is nothing to do.
     *
     * @throws RefusedException {@code NOT_FOLLOWER} if it is one of those who decide
     */
    void expel(HostId host, long link, Actor actor) throws IOException {
        if (group.view().voters().contains(host)) {
            throw new RefusedException(Refusal.NOT_FOLLOWER, "A leader cannot be unlinked");
        }
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Expel(host, link));
        changes.add(facts.remove(LinkFact.joining(host)));
        changes.add(facts.remove(MoveFact.moved(host)));
        Precondition linked = new Precondition(Precondition.MEMBERS, host.value(), link);
        try {
            group.commit(new Commit(changes, List.of(linked), actor));
            LOG.info("{} is out of the group, by {}", host, actor.name());
        } catch (RefusedException e) {
            boolean gone =
                    group.view().member(host).filter(member -> member.link() == link).isEmpty();
            if (e.refusal() != Refusal.STALE_REVISION || !gone) {
                throw e;
            }
        }
    }
}

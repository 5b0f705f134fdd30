package org.bowline.group.state;

import java.util.List;
import java.util.Optional;
import org.bowline.api.group.Change;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.identity.HostId;

/**
 * All that the group agrees on, at one revision. It never changes; {@link #apply} gives the next
 * one, and gives the same on every host.
 *
 * @param revision counts the entries that had an effect, from 1
 * @param slices values by slice and key
 * @param members by id
 * @param out since which revision a host is out; the newest {@link #MOST_OUT} of them
 */
public record State(
        long revision,
        Ordered<Ordered<Stored>> slices,
        Ordered<Member> members,
        Ordered<Long> out) {
    /** Hosts that were members once and are still remembered. */
    public static final int MOST_OUT = 1000;

    /** Before the first entry. */
    public static final State EMPTY =
            new State(0, Ordered.empty(), Ordered.empty(), Ordered.empty());

    /** The values of that slice. */
    public Ordered<Stored> slice(String name) {
        Ordered<Stored> slice = slices.get(name);
        return slice == null ? Ordered.empty() : slice;
    }

    /** All members, by id; the same list as long as no member changes. */
    public List<Member> memberList() {
        return members.values();
    }

    /** Whether that host is a member. */
    public boolean has(HostId host) {
        return members.get(host.value()) != null;
    }

    /** The state after that entry; empty if a precondition does not hold. */
    public Optional<State> apply(EntryBody entry) {
        if (!entry.preconditions().stream().allMatch(this::holds)) {
            return Optional.empty();
        }
        State next = new State(revision + 1, slices, members, out);
        for (Change change : entry.changes()) {
            next = next.with(change, entry);
        }
        return Optional.of(next);
    }

    private boolean holds(Precondition wanted) {
        if (wanted.slice().equals(Precondition.MEMBERS)) {
            Member member = members.get(wanted.key());
            return wanted.revision() == (member == null ? Precondition.ABSENT : member.link());
        }
        Stored stored = slice(wanted.slice()).get(wanted.key());
        return wanted.revision() == (stored == null ? Precondition.ABSENT : stored.revision());
    }

    private State with(Change change, EntryBody entry) {
        if (change instanceof Change.Put put) {
            return withSlice(put.slice(), slice(put.slice()).put(put.key(), stored(put, entry)));
        }
        if (change instanceof Change.Remove remove) {
            return withSlice(remove.slice(), slice(remove.slice()).remove(remove.key()));
        }
        if (change instanceof Change.Admit admit) {
            String id = admit.member().id().value();
            return new State(
                    revision,
                    slices,
                    members.put(id, linked(admit.member(), revision)),
                    out.remove(id));
        }
        if (change instanceof Change.Describe describe) {
            String id = describe.member().id().value();
            Member old = members.get(id);
            return old == null || !old.key().equals(describe.member().key())
                    ? this
                    : withMembers(members.put(id, linked(describe.member(), old.link())));
        }
        return without((Change.Expel) change);
    }

    private Stored stored(Change.Put put, EntryBody entry) {
        return new Stored(put.value(), revision, entry.actor(), entry.host(), entry.time());
    }

    private State withSlice(String name, Ordered<Stored> slice) {
        return new State(
                revision,
                slice.size() == 0 ? slices.remove(name) : slices.put(name, slice),
                members,
                out);
    }

    private State withMembers(Ordered<Member> others) {
        return new State(revision, slices, others, out);
    }

    private State without(Change.Expel expel) {
        String id = expel.host().value();
        Member old = members.get(id);
        if (old == null || expel.link() != 0 && expel.link() != old.link()) {
            return this;
        }
        return new State(revision, slices, members.remove(id), bounded(out.put(id, revision)));
    }

    private static Ordered<Long> bounded(Ordered<Long> out) {
        if (out.size() <= MOST_OUT) {
            return out;
        }
        String[] oldest = {""};
        long[] lowest = {Long.MAX_VALUE};
        out.forEach(
                (id, since) -> {
                    if (since < lowest[0]) {
                        lowest[0] = since;
                        oldest[0] = id;
                    }
                });
        return out.remove(oldest[0]);
    }

    private static Member linked(Member member, long link) {
        return new Member(member.id(), member.key(), member.facts(), link);
    }
}

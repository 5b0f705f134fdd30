package org.bowline.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Actor;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostId;

/** What one group in memory agreed on, shared by the {@link MemoryGroup}s of its members. */
final class MemoryLedger {
    /** One value as it was committed. */
    record Stored(byte[] value, long revision, Actor actor, HostId host, Instant time) {}

    final String id;
    final HostId leader;
    final Optional<Takeover> origin;
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, TreeMap<String, Stored>> slices = new TreeMap<>();
    private final Map<HostId, Member> members = new LinkedHashMap<>();
    private long revision = 1;

    MemoryLedger(String id, Member founder) {
        this.id = id;
        this.leader = founder.id();
        this.origin = Optional.empty();
        members.put(founder.id(), linked(founder, revision));
    }

    /** A group with all that another one agreed on, led by who took it over. */
    MemoryLedger(Takeover takeover, MemoryLedger old) {
        this.id = takeover.group();
        this.leader = takeover.by();
        this.origin = Optional.of(takeover);
        synchronized (old) {
            old.slices.forEach((name, slice) -> slices.put(name, new TreeMap<>(slice)));
            members.putAll(old.members);
            revision = old.revision + 1;
        }
    }

    long generation() {
        return origin.map(Takeover::generation).orElse(1L);
    }

    /** Whether that group is one of those that this one came from. */
    boolean cameFrom(String group) {
        return origin.stream()
                .flatMap(takeover -> takeover.ancestors().stream())
                .anyMatch(ancestor -> ancestor.group().equals(group));
    }

    synchronized long revision() {
        return revision;
    }

    synchronized List<Member> members() {
        return List.copyOf(members.values());
    }

    synchronized TreeMap<String, Stored> slice(String name) {
        return new TreeMap<>(slices.getOrDefault(name, new TreeMap<>()));
    }

    /** Applies all changes, or none if a precondition does not hold; answers the revision, or 0. */
    synchronized long commit(Commit commit, HostId host) {
        if (!commit.preconditions().stream().allMatch(this::holds)) {
            return 0;
        }
        revision++;
        commit.changes().forEach(change -> apply(change, commit.actor(), host));
        return revision;
    }

    private boolean holds(Precondition wanted) {
        if (wanted.slice().equals(Precondition.MEMBERS)) {
            Member member = members.get(new HostId(wanted.key()));
            return wanted.revision() == (member == null ? 0 : member.link());
        }
        Stored stored = slices.getOrDefault(wanted.slice(), new TreeMap<>()).get(wanted.key());
        return wanted.revision() == (stored == null ? 0 : stored.revision());
    }

    private void apply(Change change, Actor actor, HostId host) {
        if (change instanceof Change.Put put) {
            slices.computeIfAbsent(put.slice(), name -> new TreeMap<>())
                    .put(put.key(), new Stored(put.value(), revision, actor, host, Instant.now()));
        } else if (change instanceof Change.Remove remove) {
            slices.getOrDefault(remove.slice(), new TreeMap<>()).remove(remove.key());
        } else if (change instanceof Change.Admit admit) {
            members.put(admit.member().id(), linked(admit.member(), revision));
        } else if (change instanceof Change.Describe describe) {
            members.computeIfPresent(
                    describe.member().id(), (id, old) -> linked(describe.member(), old.link()));
        } else if (change instanceof Change.Expel expel) {
            members.computeIfPresent(
                    expel.host(),
                    (id, old) -> expel.link() == 0 || expel.link() == old.link() ? null : old);
        }
    }

    private static Member linked(Member member, long link) {
        return new Member(member.id(), member.key(), member.facts(), link);
    }
}

package org.bowline.peers.presence;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bowline.api.identity.HostId;
import org.bowline.peers.presence.Bench.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What this host knows of the others, and whose word counts for what. Everything that changes gets
 * a new revision. Guarded by the {@link Board} it belongs to.
 */
final class Sightings {
    /** More than any group has: bounds what a leader gone mad can make this host hold. */
    private static final int MAX_HOSTS = 4096;

    private final Map<HostId, Sighting> byId = new HashMap<>();
    private final Pace pace;
    private final Bench bench;
    private long revision = 1;

    Sightings(Pace pace, Bench bench) {
        this.pace = pace;
        this.bench = bench;
    }

    long revision() {
        return revision;
    }

    /** A revision for a change of something else. */
    long next() {
        return ++revision;
    }

    Collection<Sighting> all() {
        return byId.values();
    }

    void forget(HostId host) {
        if (byId.remove(host) != null) {
            revision++;
        }
    }

    /** The group took that host in, of which a leader may have spoken before. */
    void welcome(HostId host) {
        Sighting seen = byId.get(host);
        if (seen != null) {
            changed(seen);
        }
    }

    /** A host speaks to this one. */
    void direct(HostId host, Word word, long now) {
        Sighting seen = byId.get(host);
        if (seen == null) {
            seen = add(host, word.boot(), now, true);
        } else if (!seen.boot.equals(word.boot())) {
            seen.startedAgain(word.boot());
            changed(seen);
        }
        if (!seen.reachable && word.beat() > seen.beat) {
            seen.steady = now - seen.heardAt <= pace.missed() ? seen.steady + 1 : 1;
            if (seen.steady >= pace.steady() && !bench.verdict(host)) {
                reachable(seen, true);
            }
        }
        seen.beat = Math.max(seen.beat, word.beat());
        seen.heard(now);
        seen.directAt = now;
        seen.heardDirectly = true;
    }

    /** A host says what it says of itself. */
    void ofItself(Word.Entry entry, Word word) throws IOException {
        if (!entry.boot().equals(word.boot())) {
            throw new IOException(entry.id() + " speaks of itself as another one");
        }
        Sighting seen = byId.get(entry.id());
        if (seen != null) {
            values(seen, entry);
        }
    }

    /** A leader speaks of another host. */
    void ofAnother(Voice voice, Word.Entry entry, long now) {
        Sighting seen = found(entry, now);
        if (seen == null) {
            return;
        }
        values(seen, entry);
        if (entry.beat() > seen.beat) {
            seen.beat = entry.beat();
            seen.heard(before(now, entry.age()));
        }
        if (bench.mode() == Mode.JUDGE) {
            adopt(seen, entry.reachable(), now);
        } else {
            voice.verdicts.put(entry.id(), entry.reachable());
            reachable(seen, bench.reachable(entry.id()));
        }
    }

    /** The sighting that the entry adds to; null if the entry does not count. */
    private @Nullable Sighting found(Word.Entry entry, long now) {
        long heardAt = before(now, entry.age());
        Sighting seen = byId.get(entry.id());
        if (seen == null) {
            return byId.size() < MAX_HOSTS
                    ? add(entry.id(), entry.boot(), heardAt, entry.reachable())
                    : null;
        }
        if (entry.boot().equals(seen.boot)) {
            return seen;
        }
        boolean newer =
                bench.mode() == Mode.JUDGE ? heardAt > seen.heardAt : !hearsDirectly(seen, now);
        if (newer) {
            seen.startedAgain(entry.boot());
            changed(seen);
        }
        return newer ? seen : null;
    }

    /** A fellow judge says that it hears a host. An echo of what this host said is not news. */
    void refresh(Word.Fresh fresh, long now) {
        Sighting seen = byId.get(fresh.id());
        if (seen != null && fresh.boot().equals(seen.boot) && fresh.beat() > seen.beat) {
            seen.beat = fresh.beat();
            seen.heard(before(now, fresh.age()));
            adopt(seen, true, now);
        }
    }

    /** While a leader speaks, everybody is fresh of whom it said that it hears them. */
    void vouched(Voice voice, long now) {
        voice.verdicts.forEach(
                (id, reachable) -> {
                    Sighting seen = byId.get(id);
                    if (seen != null && reachable) {
                        seen.heard(now);
                    }
                });
    }

    /** Finds who has been silent for too long. */
    void judge(long now) {
        for (Sighting seen : byId.values()) {
            boolean lost = seen.reachable && bench.silent(seen.id, seen.heardAt, now);
            if (lost && !bench.verdict(seen.id)) {
                seen.steady = 0;
                reachable(seen, false);
            }
        }
    }

    /** Who was heard of lately, among these. */
    Collection<Sighting> reachable(Set<HostId> members) {
        return byId.values().stream()
                .filter(seen -> seen.reachable && members.contains(seen.id))
                .toList();
    }

    /** That a fellow judge hears a host which this one does not is enough. */
    private void adopt(Sighting seen, boolean heardByFellow, long now) {
        boolean fresh = !bench.silent(seen.id, seen.heardAt, now);
        if (heardByFellow && fresh && !hearsDirectly(seen, now)) {
            reachable(seen, true);
        }
    }

    private boolean hearsDirectly(Sighting seen, long now) {
        return seen.heardDirectly && now - seen.directAt <= pace.silence().toNanos();
    }

    private Sighting add(HostId id, String boot, long heardAt, boolean reachable) {
        Sighting seen = new Sighting(id, boot, heardAt, reachable);
        byId.put(id, seen);
        changed(seen);
        return seen;
    }

    private void values(Sighting seen, Word.Entry entry) {
        if (entry.count() > seen.count) {
            seen.count = entry.count();
            seen.values = entry.values();
            changed(seen);
        }
    }

    private void reachable(Sighting seen, boolean reachable) {
        if (seen.reachable != reachable) {
            seen.reachable = reachable;
            changed(seen);
        }
    }

    private void changed(Sighting seen) {
        seen.revision = ++revision;
    }

    private static long before(long now, long millis) {
        return now - TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    }
}

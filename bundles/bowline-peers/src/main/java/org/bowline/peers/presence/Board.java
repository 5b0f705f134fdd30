package org.bowline.peers.presence;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Said;
import org.bowline.peers.presence.Bench.Mode;

/**
 * What is known of every host, and what of that is news to whom. A host's own word counts for
 * itself; of others only a leader may speak. Knows neither threads nor channels; one monitor guards
 * it all, and no call waits for anything else.
 */
final class Board {
    /** More than any group has: bounds what a leader gone mad can make this host hold. */
    private static final int MAX_HOSTS = 4096;

    /**
     * What changed since some revision.
     *
     * @param upTo the revision this leads to
     */
    record News(long upTo, List<Word.Entry> entries) {}

    private final HostId self;
    private final String boot;
    private final Pace pace;
    private final LongSupplier clock; // nanoseconds

    // Guarded by this.
    private final Map<HostId, Sighting> sightings = new HashMap<>();
    private final Set<Voice> voices = new HashSet<>();
    private final Bench bench;
    private Map<String, byte[]> own = Map.of();
    private long ownCount = 1;
    private long ownRevision = 1;
    private long revision = 1;
    private long beat;
    private Set<HostId> members = Set.of();

    Board(HostId self, String boot, Pace pace, LongSupplier clock) {
        this.self = self;
        this.boot = boot;
        this.pace = pace;
        this.clock = clock;
        bench = new Bench(pace, clock.getAsLong());
    }

    /** Whether that is news. */
    synchronized boolean say(String key, byte[] value) {
        byte[] before = own.getOrDefault(key, new byte[0]);
        if (Arrays.equals(before, value)) {
            return false;
        }
        Map<String, byte[]> next = new HashMap<>(own);
        if (value.length == 0) {
            next.remove(key);
        } else {
            next.put(key, value.clone());
        }
        if (next.size() > WordCodec.MAX_KEYS) {
            throw new IllegalArgumentException(
                    key + " would be one key more than the " + WordCodec.MAX_KEYS + " allowed");
        }
        own = Map.copyOf(next);
        ownCount++;
        ownRevision = ++revision;
        return true;
    }

    synchronized Map<HostId, Said> heard() {
        long now = clock.getAsLong();
        Map<HostId, Said> heard = new TreeMap<>();
        for (Sighting seen : sightings.values()) {
            if (members.contains(seen.id)) {
                Duration age = Duration.ofNanos(Math.max(0, now - seen.heardAt));
                heard.put(seen.id, new Said(seen.boot, seen.values, age, seen.reachable));
            }
        }
        heard.put(self, new Said(boot, own, Duration.ZERO, true));
        return heard;
    }

    /**
     * Takes over whom to listen to.
     *
     * @return who is a leader only now: what they said of others before was not believed, so that
     *     their channels must begin anew
     */
    synchronized Set<HostId> arrange(Set<HostId> dial, boolean judge) {
        boolean wasJudge = bench.mode() == Mode.JUDGE;
        Set<HostId> promoted = new HashSet<>(dial);
        promoted.removeIf(bench::isLeader);
        bench.arrange(dial, judge, clock.getAsLong());
        bench.settle(voices, clock.getAsLong());
        if (judge && !wasJudge) {
            voices.forEach(voice -> voice.sentUpTo = 0); // they get to know everybody now
        }
        voices.stream()
                .filter(voice -> judge || !bench.isLeader(voice.peer))
                .forEach(voice -> voice.verdicts.clear());
        return promoted;
    }

    /** Forgets who is no member any more; whether that changes anything. */
    synchronized boolean members(Set<HostId> next) {
        long before = revision;
        for (HostId gone : members) {
            if (!next.contains(gone) && sightings.remove(gone) != null) {
                revision++;
            }
        }
        for (HostId came : next) {
            Sighting seen = sightings.get(came);
            if (seen != null && !members.contains(came)) {
                changed(seen); // a leader spoke of it before the group did here
            }
        }
        members = Set.copyOf(next);
        return revision != before;
    }

    synchronized Voice join(HostId peer) {
        Voice voice = new Voice(peer);
        voices.add(voice);
        return voice;
    }

    synchronized void leave(Voice voice) {
        voices.remove(voice);
    }

    /** Takes a word in; whether it is news. */
    synchronized boolean hear(Voice voice, Word word) throws IOException {
        long before = revision;
        long now = clock.getAsLong();
        meet(voice, word);
        direct(voice, word, now);
        boolean leader = bench.isLeader(voice.peer);
        bench.settle(voices, now);
        for (Word.Entry entry : word.hosts()) {
            if (entry.id().equals(voice.peer)) {
                ofItself(entry, word);
            } else if (leader && !entry.id().equals(self)) {
                ofAnother(voice, entry, now);
            }
        }
        if (bench.mode() == Mode.JUDGE && leader) {
            word.fresh().forEach(fresh -> refresh(fresh, now));
        } else if (leader) {
            trust(voice, now);
        }
        return revision != before;
    }

    private void meet(Voice voice, Word word) throws IOException {
        if (voice.boot == null) {
            voice.boot = word.boot();
            for (Voice other : voices) {
                boolean same = other.boot == null || other.boot.equals(word.boot());
                other.outdated |= other.peer.equals(voice.peer) && !same;
            }
        }
        if (voice.outdated || !word.boot().equals(voice.boot)) {
            throw new IOException(voice.peer + " was started again since this channel was opened");
        }
    }

    /** The peer itself speaks. */
    private void direct(Voice voice, Word word, long now) {
        boolean isBeat = word.beat() > voice.beat;
        voice.lastWord = now;
        voice.beat = Math.max(voice.beat, word.beat());
        voice.beats += isBeat ? 1 : 0;
        Sighting seen = sightings.get(voice.peer);
        if (seen == null) {
            seen = new Sighting(voice.peer, word.boot(), now, true);
            sightings.put(voice.peer, seen);
            changed(seen);
        } else if (!seen.boot.equals(word.boot())) {
            seen.startedAgain(word.boot());
            changed(seen);
        }
        if (!seen.reachable && word.beat() > seen.beat) {
            seen.steady = now - seen.heardAt <= pace.missed() ? seen.steady + 1 : 1;
            if (seen.steady >= pace.steady() && !judgedByLeader(seen.id)) {
                reachable(seen, true);
            }
        }
        seen.beat = Math.max(seen.beat, word.beat());
        seen.heard(now);
        seen.directAt = now;
        seen.heardDirectly = true;
    }

    private void ofItself(Word.Entry entry, Word word) throws IOException {
        if (!entry.boot().equals(word.boot())) {
            throw new IOException(entry.id() + " speaks of itself as another one");
        }
        Sighting seen = sightings.get(entry.id());
        if (seen != null && entry.count() > seen.count) {
            values(seen, entry);
        }
    }

    private void ofAnother(Voice voice, Word.Entry entry, long now) {
        long heardAt = now - TimeUnit.MILLISECONDS.toNanos(Math.max(0, entry.age()));
        Sighting seen = sightings.get(entry.id());
        if (seen == null) {
            if (sightings.size() >= MAX_HOSTS) {
                return;
            }
            seen = new Sighting(entry.id(), entry.boot(), heardAt, entry.reachable());
            sightings.put(entry.id(), seen);
            changed(seen);
        } else if (!entry.boot().equals(seen.boot)) {
            if (!believed(seen, heardAt, now)) {
                return;
            }
            seen.startedAgain(entry.boot());
        }
        if (entry.count() > seen.count) {
            values(seen, entry);
        }
        if (entry.beat() > seen.beat) {
            seen.beat = entry.beat();
            seen.heard(heardAt);
        }
        if (bench.mode() == Mode.JUDGE) {
            adopt(seen, entry.reachable(), now);
        } else {
            voice.verdicts.put(entry.id(), entry.reachable());
            reachable(seen, judgedReachable(entry.id()));
        }
    }

    /** Whether another's word of a later start of that host counts. */
    private boolean believed(Sighting seen, long heardAt, long now) {
        return bench.mode() == Mode.JUDGE ? heardAt > seen.heardAt : !hearsDirectly(seen, now);
    }

    private void refresh(Word.Fresh fresh, long now) {
        Sighting seen = sightings.get(fresh.id());
        if (seen != null && fresh.boot().equals(seen.boot) && fresh.beat() > seen.beat) {
            seen.beat = fresh.beat();
            seen.heard(now - TimeUnit.MILLISECONDS.toNanos(Math.max(0, fresh.age())));
            adopt(seen, true, now);
        }
    }

    /** A fellow judge hears a host that this one does not: that is enough. */
    private void adopt(Sighting seen, boolean heardByFellow, long now) {
        if (heardByFellow
                && !hearsDirectly(seen, now)
                && !bench.silent(seen.id, seen.heardAt, now)) {
            reachable(seen, true);
        }
    }

    /** A leader's voice keeps everybody fresh of whom it says that it hears them. */
    private void trust(Voice voice, long now) {
        voice.verdicts.forEach(
                (id, reachable) -> {
                    Sighting seen = sightings.get(id);
                    if (seen != null && reachable) {
                        seen.heard(now);
                    }
                });
    }

    /** Time passes: judges who has been silent for too long; whether that is news. */
    synchronized boolean beat() {
        long before = revision;
        long now = clock.getAsLong();
        beat++;
        bench.beat(now);
        bench.settle(voices, now);
        for (Sighting seen : sightings.values()) {
            if (seen.reachable
                    && !judgedByLeader(seen.id)
                    && bench.silent(seen.id, seen.heardAt, now)) {
                seen.steady = 0;
                reachable(seen, false);
            }
        }
        return revision != before;
    }

    /** Whom to hold a channel to, given those whose channels were accepted. */
    synchronized Set<HostId> wanted(Set<HostId> answered) {
        return bench.wanted(self, members, answered, clock.getAsLong());
    }

    synchronized boolean judges() {
        return bench.mode() == Mode.JUDGE;
    }

    /** Whether to tell that peer who was heard of lately, change or not. */
    synchronized boolean isFellow(HostId peer) {
        return judges() && bench.isLeader(peer);
    }

    /** The revision up to which the peer knows everything. */
    synchronized long sentUpTo(Voice voice) {
        return voice.sentUpTo;
    }

    /** Notes what was sent, unless all is to be sent again since. */
    synchronized void sent(Voice voice, long since, long upTo) {
        if (voice.sentUpTo == since) {
            voice.sentUpTo = upTo;
        }
    }

    /** What changed after that revision, as far as this host may speak of it. */
    synchronized News news(long since) {
        long now = clock.getAsLong();
        List<Word.Entry> entries = new ArrayList<>();
        if (ownRevision > since) {
            entries.add(new Word.Entry(self, boot, ownCount, beat, 0, true, own));
        }
        for (Sighting seen : judges() ? sightings.values() : Set.<Sighting>of()) {
            if (seen.revision > since && members.contains(seen.id)) {
                entries.add(
                        new Word.Entry(
                                seen.id,
                                seen.boot,
                                seen.count,
                                seen.beat,
                                millis(now - seen.heardAt),
                                seen.reachable,
                                seen.values));
            }
        }
        return new News(revision, entries);
    }

    /** Whom this host hears of, for a fellow judge. */
    synchronized List<Word.Fresh> fresh() {
        long now = clock.getAsLong();
        return sightings.values().stream()
                .filter(seen -> seen.reachable && members.contains(seen.id))
                .map(
                        seen ->
                                new Word.Fresh(
                                        seen.id, seen.boot, seen.beat, millis(now - seen.heardAt)))
                .toList();
    }

    /** A word of this host. */
    synchronized Word word(List<Word.Entry> entries, List<Word.Fresh> fresh) {
        return new Word(boot, beat, entries, fresh);
    }

    private boolean judgedByLeader(HostId id) {
        return bench.mode() == Mode.TRUSTING
                && voices.stream()
                        .anyMatch(v -> bench.isLeader(v.peer) && v.verdicts.containsKey(id));
    }

    private boolean judgedReachable(HostId id) {
        return voices.stream()
                .anyMatch(v -> bench.isLeader(v.peer) && v.verdicts.getOrDefault(id, false));
    }

    private boolean hearsDirectly(Sighting seen, long now) {
        return seen.heardDirectly && now - seen.directAt <= pace.silence().toNanos();
    }

    private void values(Sighting seen, Word.Entry entry) {
        seen.count = entry.count();
        seen.values = entry.values();
        changed(seen);
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

    private static long millis(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}

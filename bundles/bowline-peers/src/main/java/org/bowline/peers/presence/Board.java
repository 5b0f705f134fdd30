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
    /**
     * What changed since some revision.
     *
     * @param upTo the revision this leads to
     */
    record News(long upTo, List<Word.Entry> entries) {}

    private final HostId self;
    private final String boot;
    private final LongSupplier clock; // nanoseconds

    // Guarded by this.
    private final Set<Voice> voices = new HashSet<>();
    private final Bench bench;
    private final Sightings sightings;
    private Map<String, byte[]> own = Map.of();
    private long ownCount = 1;
    private long ownRevision = 1;
    private long beat;
    private Set<HostId> members = Set.of();

    Board(HostId self, String boot, Pace pace, LongSupplier clock) {
        this.self = self;
        this.boot = boot;
        this.clock = clock;
        bench = new Bench(pace, voices, clock.getAsLong());
        sightings = new Sightings(pace, bench);
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
        ownRevision = sightings.next();
        return true;
    }

    synchronized Map<HostId, Said> heard() {
        long now = clock.getAsLong();
        Map<HostId, Said> heard = new TreeMap<>();
        for (Sighting seen : sightings.all()) {
            if (members.contains(seen.id)) {
                Duration age = Duration.ofMillis(millis(now - seen.heardAt));
                heard.put(seen.id, new Said(seen.boot, seen.values, age, seen.reachable));
            }
        }
        heard.put(self, new Said(boot, own, Duration.ZERO, true));
        return heard;
    }

    /** Whether that is how it is already. */
    synchronized boolean isArranged(Set<HostId> dial, Set<HostId> leaders, boolean judge) {
        return bench.isArranged(dial, leaders, judge);
    }

    /**
     * Takes over whom to dial and whom to listen to.
     *
     * @return who is a leader only now: what they said of others before was not believed, so that
     *     their channels must begin anew
     */
    synchronized Set<HostId> arrange(Set<HostId> dial, Set<HostId> leaders, boolean judge) {
        boolean wasJudge = judges();
        Set<HostId> promoted = new HashSet<>(leaders);
        promoted.removeIf(bench::isLeader);
        bench.arrange(dial, leaders, judge, clock.getAsLong());
        for (Voice voice : voices) {
            if (judge && !wasJudge) {
                voice.sentUpTo = 0; // the peer gets to know everybody now
            }
            if (judge || !bench.isLeader(voice.peer)) {
                voice.verdicts.clear();
            }
        }
        return promoted;
    }

    /** Forgets who is no member any more; whether that changes anything. */
    synchronized boolean members(Set<HostId> next) {
        long before = sightings.revision();
        members.stream().filter(host -> !next.contains(host)).forEach(sightings::forget);
        next.stream().filter(host -> !members.contains(host)).forEach(sightings::welcome);
        members = Set.copyOf(next);
        return sightings.revision() != before;
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
        long before = sightings.revision();
        long now = clock.getAsLong();
        meet(voice, word);
        voice.heard(word, now);
        bench.settle(now);
        sightings.direct(voice.peer, word, now);
        boolean leader = bench.isLeader(voice.peer);
        for (Word.Entry entry : word.hosts()) {
            if (entry.id().equals(voice.peer)) {
                sightings.ofItself(entry, word);
            } else if (leader && !entry.id().equals(self)) {
                sightings.ofAnother(voice, entry, now);
            }
        }
        if (leader && judges()) {
            word.fresh().forEach(fresh -> sightings.refresh(fresh, now));
        } else if (leader) {
            sightings.vouched(voice, now);
        }
        return sightings.revision() != before;
    }

    /** Of two starts of one agent, the one that was met last counts. */
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

    /** Time passes; whether somebody was found to be silent for too long. */
    synchronized boolean beat() {
        long before = sightings.revision();
        long now = clock.getAsLong();
        beat++;
        bench.beat(now);
        bench.settle(now);
        sightings.judge(now);
        return sightings.revision() != before;
    }

    /** Whom to hold a channel to, given those whose channels were accepted. */
    synchronized Set<HostId> wanted(Set<HostId> answered) {
        return bench.wanted(self, members, answered, clock.getAsLong());
    }

    /** Those of them that are to be dialled at once, whatever else is dialled. */
    synchronized Set<HostId> urgent(Set<HostId> wanted) {
        return bench.urgent(wanted, members);
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
        if (judges()) {
            for (Sighting seen : sightings.all()) {
                if (seen.revision > since && members.contains(seen.id)) {
                    entries.add(seen.entry(millis(now - seen.heardAt)));
                }
            }
        }
        return new News(sightings.revision(), entries);
    }

    /** Whom this host hears of, for a fellow judge. */
    synchronized List<Word.Fresh> fresh() {
        long now = clock.getAsLong();
        return sightings.reachable(members).stream()
                .map(seen -> seen.fresh(millis(now - seen.heardAt)))
                .toList();
    }

    /** A word of this host. */
    synchronized Word word(List<Word.Entry> entries, List<Word.Fresh> fresh) {
        return new Word(boot, beat, entries, fresh);
    }

    private static long millis(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}

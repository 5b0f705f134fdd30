package org.bowline.peers.presence;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.bowline.api.identity.HostId;

/**
 * Who decides here who is reachable, and whom this host dials because of it. Guarded by the {@link
 * Board} that asks it.
 *
 * <pre>
 *               a leader speaks            silent for long
 *   JUDGE       TRUSTING ----------> LOST ----------------> ALONE
 *   (arranged)     ^---------------------------------------'
 * </pre>
 */
final class Bench {
    enum Mode {
        /** This host judges, and tells others. */
        JUDGE,
        /** A leader's word counts. */
        TRUSTING,
        /** No leader speaks; for a moment nothing changes. */
        LOST,
        /** No leader speaks: this host judges for itself, and dials everybody. */
        ALONE
    }

    /** In a group of no more, everybody may dial everybody at once. */
    static final int FEW = 8;

    private final Pace pace;
    private final Collection<Voice> voices;
    private Set<HostId> dial = Set.of();
    private Set<HostId> leaders = Set.of(); // whose word about others counts
    private Set<HostId> chosen = Set.of(); // dialled last when that was not simply everybody
    private long arrangedAt;
    private boolean judge;
    private boolean dialsAll;
    private Mode mode = Mode.LOST;
    private long leaderHeardAt;
    private long settledAt; // when the mode changed: others need a moment to be heard again
    private long aloneSince; // meaningful while dialsAll
    private long awakeSince; // when this host last missed its own beat: it was asleep, not they
    private long beatAt;

    /**
     * @param voices those that speak to this host now, as the board changes them
     */
    Bench(Pace pace, Collection<Voice> voices, long now) {
        this.pace = pace;
        this.voices = voices;
        arrangedAt = now;
        leaderHeardAt = now;
        settledAt = now;
        awakeSince = now;
        beatAt = now;
    }

    Mode mode() {
        return mode;
    }

    /** Whether its word about others counts; to be dialled is not enough for that. */
    boolean isLeader(HostId host) {
        return leaders.contains(host);
    }

    void arrange(Set<HostId> nextDial, Set<HostId> nextLeaders, boolean nextJudge, long now) {
        dial = Set.copyOf(nextDial);
        leaders = Set.copyOf(nextLeaders);
        arrangedAt = now;
        if (nextJudge || dial.size() <= FEW) {
            chosen = dial;
        }
        if (judge && !nextJudge) {
            leaderHeardAt = now;
        }
        judge = nextJudge;
        settle(now);
    }

    boolean isArranged(Set<HostId> byThese, Set<HostId> believing, boolean judging) {
        return dial.equals(byThese) && leaders.equals(believing) && judge == judging;
    }

    /** Whether a leader decides about that host. */
    boolean verdict(HostId host) {
        return mode == Mode.TRUSTING
                && voices.stream().anyMatch(v -> isLeader(v.peer) && v.verdicts.containsKey(host));
    }

    /** Whether any leader says that it hears that host. */
    boolean reachable(HostId host) {
        return voices.stream()
                .anyMatch(v -> isLeader(v.peer) && v.verdicts.getOrDefault(host, false));
    }

    /** Notes that time passes. */
    void beat(long now) {
        if (now - beatAt > pace.missed()) {
            awakeSince = now;
        }
        beatAt = now;
    }

    /** Finds the mode. */
    void settle(long now) {
        boolean steady = false;
        for (Voice voice : voices) {
            if (isLeader(voice.peer) && voice.boot != null) {
                leaderHeardAt = Math.max(leaderHeardAt, voice.lastWord);
                steady |= voice.beats >= pace.steady();
            }
        }
        Mode next = judge ? Mode.JUDGE : follow(now);
        if (next == Mode.ALONE) {
            aloneSince = dialsAll ? aloneSince : now;
            dialsAll = true;
        } else if (next == Mode.JUDGE || next == Mode.TRUSTING && steady) {
            dialsAll = false;
        }
        if (next != mode && next != Mode.LOST) {
            settledAt = now;
        }
        mode = next;
    }

    private Mode follow(long now) {
        long silence = pace.silence().toNanos();
        for (Voice voice : voices) {
            boolean speaks = voice.boot != null && now - voice.lastWord <= silence;
            if (speaks && isLeader(voice.peer)) {
                return Mode.TRUSTING;
            }
        }
        return now - Math.max(leaderHeardAt, awakeSince) > silence ? Mode.ALONE : Mode.LOST;
    }

    /** Whether a host that was last heard of at that time has been silent for too long. */
    boolean silent(HostId host, long heardAt, long now) {
        long since = Math.max(heardAt, awakeSince);
        if (!(mode == Mode.ALONE && isLeader(host))) {
            since = Math.max(since, settledAt);
        }
        return now - since > pace.silence().toNanos();
    }

    /**
     * Whom to hold a channel to: those that the group chose in any case. Of two other hosts the one
     * with the lower id dials, and the other one only if nothing came of that: one channel is
     * enough for a pair.
     *
     * @param answered whose channels this host has accepted
     */
    Set<HostId> wanted(HostId self, Set<HostId> members, Set<HostId> answered, long now) {
        Set<HostId> wanted = new HashSet<>();
        for (HostId host : dial) {
            if (isUrgent(host, members) || dials(self, host, answered, now - arrangedAt, members)) {
                wanted.add(host);
            }
        }
        for (HostId member : dialsAll ? members : Set.<HostId>of()) {
            if (dials(self, member, answered, now - aloneSince, members)) {
                wanted.add(member);
            }
        }
        wanted.remove(self);
        return wanted;
    }

    private boolean dials(
            HostId self, HostId host, Set<HostId> answered, long waited, Set<HostId> members) {
        long patience = pace.missed() * (members.size() <= FEW ? 1 : 2); // a crowd takes longer
        return self.compareTo(host) < 0 || waited > patience && !answered.contains(host);
    }

    /** Those of the wanted hosts that are dialled at once, whatever else is dialled. */
    Set<HostId> urgent(Set<HostId> wanted, Set<HostId> members) {
        return wanted.stream()
                .filter(host -> members.size() <= FEW || isUrgent(host, members))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the group chose that host to be dialled, and not just everybody. */
    private boolean isUrgent(HostId host, Set<HostId> members) {
        return dial.contains(host) && (members.size() <= FEW || chosen.contains(host));
    }
}

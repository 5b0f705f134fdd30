package org.bowline.peers.presence;

import java.util.HashMap;
import java.util.Map;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/** What was said and heard over one channel. Guarded by the {@link Board} it speaks to. */
final class Voice {
    final HostId peer;
    final Map<HostId, Boolean> verdicts = new HashMap<>(); // who is reachable, if a leader's voice
    @Nullable String boot; // of the peer; null until it spoke
    long lastWord; // nanoTime
    long beat = -1; // the highest heard
    int beats; // heard
    long sentUpTo; // revision of the board
    boolean outdated; // the peer was started again and speaks over another channel

    Voice(HostId peer) {
        this.peer = peer;
    }

    void heard(Word word, long now) {
        lastWord = now;
        beats += word.beat() > beat ? 1 : 0;
        beat = Math.max(beat, word.beat());
    }
}

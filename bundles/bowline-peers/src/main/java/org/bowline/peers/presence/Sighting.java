package org.bowline.peers.presence;

import java.util.Map;
import org.bowline.api.identity.HostId;

/** What this host knows of another one. Guarded by the {@link Board} it stands on. */
final class Sighting {
    final HostId id;
    String boot;
    long count = -1; // of the values, by the host itself
    long beat = -1; // the highest known
    Map<String, byte[]> values = Map.of();
    long heardAt; // nanoTime of the last word of it, by whoever heard it
    long directAt; // nanoTime of its last word to this host
    boolean heardDirectly;
    boolean reachable;
    int steady; // beats in a row since it was unreachable
    long revision; // of the board, when anything of this changed last

    Sighting(HostId id, String boot, long heardAt, boolean reachable) {
        this.id = id;
        this.boot = boot;
        this.heardAt = heardAt;
        this.reachable = reachable;
    }

    /** The agent was started anew: what its former run said is void. */
    void startedAgain(String newBoot) {
        boot = newBoot;
        count = -1;
        beat = -1;
        values = Map.of();
        steady = 0;
    }

    /** For the wire, given its age in ms. */
    Word.Entry entry(long age) {
        return new Word.Entry(id, boot, count, beat, age, reachable, values);
    }

    /** For the wire, given its age in ms. */
    Word.Fresh fresh(long age) {
        return new Word.Fresh(id, boot, beat, age);
    }

    void heard(long at) {
        heardAt = Math.max(heardAt, at);
    }
}

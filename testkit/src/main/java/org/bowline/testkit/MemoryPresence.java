package org.bowline.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.Said;

/** Presence without a network: hosts of one {@link Board} hear each other at once. */
public final class MemoryPresence implements Presence {
    /** Where the hosts of one test say what they say. */
    public static final class Board {
        private final Map<HostId, Said> said = new ConcurrentHashMap<>();
        private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

        /** Judges that host unreachable, or reachable again. */
        public void reachable(HostId host, boolean reachable) {
            said.computeIfPresent(
                    host, (id, was) -> new Said(was.bootId(), was.values(), was.age(), reachable));
            watchers.forEach(Runnable::run);
        }
    }

    private final Board board;
    private final HostId self;
    private final String bootId;
    private volatile Set<HostId> dial = Set.of();
    private volatile Set<HostId> leaders = Set.of();
    private volatile boolean judge;

    public MemoryPresence(Board board, HostId self, String bootId) {
        this.board = board;
        this.self = self;
        this.bootId = bootId;
        board.said.put(self, new Said(bootId, Map.of(), Duration.ZERO, true));
    }

    @Override
    public void say(String key, byte[] value) {
        if (value.length > MAX_VALUE) {
            throw new IllegalArgumentException(key + " of " + value.length + " bytes");
        }
        Said before = board.said.get(self);
        if (before != null && isSaid(before, key, value)) {
            return;
        }
        board.said.compute(
                self,
                (id, was) -> {
                    Map<String, byte[]> values =
                            new HashMap<>(was == null ? Map.of() : was.values());
                    if (value.length == 0) {
                        values.remove(key);
                    } else {
                        values.put(key, value);
                    }
                    return new Said(bootId, values, Duration.ZERO, true);
                });
        board.watchers.forEach(Runnable::run);
    }

    private static boolean isSaid(Said before, String key, byte[] value) {
        return Arrays.equals(before.values().getOrDefault(key, new byte[0]), value);
    }

    @Override
    public Map<HostId, Said> heard() {
        return new TreeMap<>(board.said);
    }

    @Override
    public void arrange(Set<HostId> nextDial, Set<HostId> nextLeaders, boolean nextJudge) {
        dial = Set.copyOf(nextDial);
        leaders = Set.copyOf(nextLeaders);
        judge = nextJudge;
    }

    /** Whom the group last asked to dial. */
    public Set<HostId> dial() {
        return dial;
    }

    /** Whose word about others the group last said to believe. */
    public Set<HostId> leaders() {
        return leaders;
    }

    /** Whether the group last asked to judge. */
    public boolean judge() {
        return judge;
    }

    @Override
    public Subscription watch(Runnable changed) {
        board.watchers.add(changed);
        return () -> board.watchers.remove(changed);
    }
}

package org.bowline.testkit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;

/** Trust without a disk. At first it trusts whom the test names. */
public final class MemoryTrust implements Trust {
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Map<HostId, TrustedHost> members = Map.of();
    private volatile long revision;

    public MemoryTrust(TrustedHost... members) {
        replace(List.of(members), 0);
    }

    @Override
    public Optional<TrustedHost> find(HostId host) {
        return Optional.ofNullable(members.get(host));
    }

    @Override
    public Collection<TrustedHost> all() {
        return members.values();
    }

    @Override
    public boolean mayOpen(HostId host, String protocol) {
        return protocol.startsWith("pair/") || members.containsKey(host);
    }

    @Override
    public void replace(Collection<TrustedHost> next, long at) {
        Map<HostId, TrustedHost> byId = new LinkedHashMap<>();
        next.forEach(host -> byId.put(host.id(), host));
        members = byId;
        revision = at;
        watchers.forEach(Runnable::run);
    }

    /** The revision that was handed in last. */
    public long revision() {
        return revision;
    }

    @Override
    public Subscription watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }
}

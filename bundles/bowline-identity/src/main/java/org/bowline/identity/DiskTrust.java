package org.bowline.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.identity.TrustedHost;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The member list in {@code data/identity/members.json}, read before the service exists, so before
 * anything connects.
 */
@Component
public final class DiskTrust implements Trust {
    static final String FILE = "members.json";
    private static final String STRANGERS_MAY = "pair/";

    private record Members(long revision, List<TrustedHost> members) {}

    private final ObjectMapper json =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final PrivateDirectory directory;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Map<HostId, TrustedHost> members;

    @Activate
    public DiskTrust(BundleContext context, @Reference Identity identity) throws IOException {
        this(Places.of(context).data(), identity);
    }

    /**
     * @param data the agent's data directory
     * @param identity trusted alone until the group says more
     * @throws IOException if the list cannot be read: rather no start than a wrong list
     */
    public DiskTrust(Path data, Identity identity) throws IOException {
        directory = PrivateDirectory.open(data.resolve("identity"));
        Optional<byte[]> stored = directory.read(FILE);
        members = byId(stored.isPresent() ? read(stored.get()) : List.of(itself(identity)));
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
        return protocol.startsWith(STRANGERS_MAY) || members.containsKey(host);
    }

    @Override
    public void replace(Collection<TrustedHost> next, long revision) throws IOException {
        synchronized (directory) {
            Map<HostId, TrustedHost> nextById = byId(next);
            directory.write(FILE, json.writeValueAsBytes(new Members(revision, List.copyOf(next))));
            members = nextById;
        }
        watchers.forEach(Watcher::call);
    }

    @Override
    public Subscription watch(Runnable changed) {
        Watcher watcher = new Watcher(changed);
        watchers.add(watcher);
        return watcher;
    }

    private List<TrustedHost> read(byte[] stored) throws IOException {
        try {
            return json.readValue(stored, Members.class).members();
        } catch (IOException e) {
            throw new IOException(
                    directory.resolve(FILE)
                            + " cannot be read: restore it from a backup, or remove the whole data"
                            + " directory to start as a new host",
                    e);
        }
    }

    private static TrustedHost itself(Identity identity) {
        byte[] key = identity.certificate().getPublicKey().getEncoded();
        return new TrustedHost(identity.id(), Base64.getEncoder().encodeToString(key), List.of());
    }

    private static Map<HostId, TrustedHost> byId(Collection<TrustedHost> hosts) {
        Map<HostId, TrustedHost> byId = new LinkedHashMap<>();
        for (TrustedHost host : hosts) {
            if (!HostId.of(Base64.getDecoder().decode(host.key())).equals(host.id())) {
                throw new IllegalArgumentException(
                        "the key of member " + host.id() + " is not its");
            }
            byId.put(host.id(), host);
        }
        return Collections.unmodifiableMap(byId);
    }

    /** One watch; its monitor makes sure that no call arrives after close returned. */
    private final class Watcher implements Subscription {
        private final Runnable changed;
        private boolean closed; // guarded by this

        Watcher(Runnable changed) {
            this.changed = changed;
        }

        synchronized void call() {
            if (!closed) {
                changed.run();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            watchers.remove(this);
        }
    }
}

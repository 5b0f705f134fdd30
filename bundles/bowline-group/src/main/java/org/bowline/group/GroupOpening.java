package org.bowline.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bowline.api.group.Group;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.Identity;
import org.bowline.api.identity.Trust;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.ProtocolHandler;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the group and offers it, and what it serves to other hosts, once it can be read. Opening
 * waits for disk and consensus, so it happens on a thread of its own, {@code bowline-group-open},
 * and not on that of Declarative Services.
 */
@Component(service = {})
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=org.bowline.api.group.Group")
public final class GroupOpening {
    private static final Logger LOG = LoggerFactory.getLogger(GroupOpening.class);

    private final BundleContext context;
    private final ReplicatedGroup group;
    private final Thread thread = new Thread(this::open, "bowline-group-open");
    private final List<ServiceRegistration<?>> offered = new ArrayList<>(); // guarded by this
    private boolean stopped; // guarded by this

    @Activate // wiring only
    public GroupOpening(
            BundleContext context,
            @Reference Peers peers,
            @Reference Trust trust,
            @Reference Identity identity,
            @Reference Host host,
            @Reference Presence presence) {
        this.context = context;
        this.group = new ReplicatedGroup(peers, trust, identity, host, presence);
        thread.setDaemon(true);
    }

    @Activate
    void start() {
        thread.start();
    }

    private void open() {
        try {
            group.open();
        } catch (IOException | RuntimeException e) {
            LOG.error("The group cannot be opened: restart the agent once this is mended", e);
            return;
        }
        offer();
    }

    private synchronized void offer() {
        if (stopped) {
            return;
        }
        for (ProtocolHandler handler : group.handlers()) {
            offered.add(context.registerService(ProtocolHandler.class, handler, null));
        }
        offered.add(context.registerService(Group.class, group, null));
    }

    @Deactivate
    void stop() throws IOException {
        Joined.await(thread);
        synchronized (this) {
            stopped = true;
            offered.forEach(ServiceRegistration::unregister);
        }
        group.close();
    }
}

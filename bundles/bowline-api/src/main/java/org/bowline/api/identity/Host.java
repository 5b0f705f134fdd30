package org.bowline.api.identity;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * This host as its operator described it in {@code etc/bowline.yaml}, and as the machine is.
 *
 * <p>Safe for use by any thread; no call waits.
 */
@ProviderType
public interface Host {
    /** What this host tells others of itself. */
    HostFacts facts();

    /** The one directory of all state; each room owns the sub-directory of its name. */
    Path data();

    /** Random, other at every start of the agent. */
    String bootId();
}

package org.bowline.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.bowline.api.identity.DeploymentMode;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostFacts;

/** A host with the facts and the directory that a test chooses. Facts may change on the way. */
public final class TestHost implements Host {
    private final Path data;
    private final String bootId = UUID.randomUUID().toString();
    private volatile HostFacts facts;

    public TestHost(Path data, HostFacts facts) {
        this.data = data;
        this.facts = facts;
    }

    /** A host that may be linked: agent mode, Debian 12, multi-node, airgap. */
    public static TestHost linkable(String name, Path data, Endpoint... endpoints) {
        return new TestHost(data, linkableFacts(name, endpoints));
    }

    /** What {@link #linkable} says of itself. */
    public static HostFacts linkableFacts(String name, Endpoint... endpoints) {
        return new HostFacts(
                name,
                "0.1.0",
                DeploymentMode.AGENT,
                "debian",
                "12",
                true,
                HostFacts.AIRGAP,
                List.of(endpoints),
                5080,
                "");
    }

    /** Changes what the host says of itself from now on. */
    public void describe(HostFacts next) {
        facts = next;
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public String bootId() {
        return bootId;
    }
}

package org.bowline.identity.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.IpLiteral;
import org.bowline.identity.Places;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host as {@code etc/bowline.yaml} describes it. Whoever holds it may rely on every room's
 * settings having been handed out; the file is read at start only. Addresses and cluster workload
 * are looked for each time: they may change while the agent runs.
 */
@Component(immediate = true) // a room that waits for its settings may be the first to want it
public final class DescribedHost implements Host {
    private static final Logger LOG = LoggerFactory.getLogger(DescribedHost.class);
    private static final String FILE = "bowline.yaml";

    private final String bootId = UUID.randomUUID().toString();
    private final Path data;
    private final Description description;
    private final String name;
    private final String version;
    private final OsRelease os;

    @Activate
    public DescribedHost(BundleContext context, @Reference ConfigurationAdmin admin)
            throws IOException {
        this(Places.of(context), shortVersion(context.getBundle().getVersion()));
        String socket = Places.of(context).base().resolve("run").resolve("shell.sock").toString();
        new PushedSettings(description, socket).pushTo(admin);
    }

    /**
     * @param version the agent's
     * @throws DescriptionException if the operator's file has a wrong value
     */
    DescribedHost(Places places, String version) throws IOException {
        this.version = version;
        data = places.data();
        description = read(places.etc().resolve(FILE));
        name = description.name().orElseGet(Machine::name);
        os = osRelease(Path.of(description.osRelease()));
    }

    @Override
    public HostFacts facts() {
        return new HostFacts(
                name,
                version,
                description.deploymentMode(),
                os.id(),
                os.versionId(),
                description.multiNode(),
                description.installationMode(),
                addresses().stream().map(this::endpoint).toList(),
                description.ports().ui(),
                Workload.found(description.workloadMarkers()));
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    /** Asked of the kernel each time: an address may change while the agent runs. */
    private List<String> addresses() {
        if (!description.addresses().isEmpty()) {
            return description.addresses();
        }
        boolean everywhere = IpLiteral.parse(description.bind()).orElseThrow().isAnyLocalAddress();
        return everywhere ? Machine.addresses() : List.of(description.bind());
    }

    private Endpoint endpoint(String ip) {
        return new Endpoint(description.transport(), ip, description.ports().tls());
    }

    private static Description read(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        BowlineYaml yaml = new BowlineYaml("etc/" + FILE, text);
        Description description = yaml.read();
        yaml.warnings().forEach(warning -> LOG.warn("{}; it is ignored", warning));
        return description;
    }

    private static OsRelease osRelease(Path file) {
        try {
            return OsRelease.read(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be read; set osRelease in etc/bowline.yaml", file, e);
            return new OsRelease("linux", "");
        }
    }

    private static String shortVersion(Version version) {
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}

package org.bowline.rest.http;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.Identity;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the one HTTPS listener for people and scripts: TLS 1.3 alone, with the host's own key. It
 * configures Felix's Jetty by its PID and takes the configuration away again when it ends, so that
 * nothing listens while there is nothing to answer.
 */
@Component(
        service = {},
        configurationPid = "bowline.rest",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RestSettings.class)
public final class Listener {
    /** The name of the server; every servlet, filter and context names it in its target. */
    public static final String SERVER = "bowline";

    static final String PID = "org.apache.felix.http";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int MAX_THREADS = 24;
    private static final int BUFFER = 64 << 10; // bytes; fewer copies where content streams
    private static final int MAX_HEADERS = 16 << 10; // bytes of one request's header
    private static final int IDLE = 60_000; // ms without a byte; slow uploads go on

    private final ConfigurationAdmin admin;
    private final Host host;
    private final Identity identity;

    @Activate // wiring only
    public Listener(
            @Reference ConfigurationAdmin admin,
            @Reference Host host,
            @Reference Identity identity) {
        this.admin = admin;
        this.host = host;
        this.identity = identity;
    }

    @Activate
    void start(RestSettings config) throws IOException {
        KeyFile keys = KeyFile.of(identity, host.data().resolve("ui"));
        configuration().updateIfDifferent(settings(config, keys));
        LOG.info("Local UI and REST listen at https://{}:{}", config.bind(), config.port());
    }

    @Deactivate
    void stop() throws IOException {
        configuration().delete();
    }

    private Configuration configuration() throws IOException {
        return admin.getConfiguration(PID, "?");
    }

    /** By the names of Felix HTTP's JettyConfig, 1.1.8. */
    private static Dictionary<String, Object> settings(RestSettings config, KeyFile keys) {
        Dictionary<String, Object> jetty = new Hashtable<>();
        jetty.put("org.apache.felix.http.name", SERVER);
        jetty.put("org.apache.felix.http.enable", "false");
        jetty.put("org.apache.felix.https.enable", "true");
        jetty.put("org.apache.felix.http2.enable", "false");
        jetty.put("org.apache.felix.http.host", config.bind());
        jetty.put("org.osgi.service.http.port.secure", Integer.toString(config.port()));
        jetty.put("org.apache.felix.https.keystore", keys.path().toString());
        jetty.put("org.apache.felix.https.keystore.type", "PKCS12");
        jetty.put("org.apache.felix.https.keystore.password", keys.password());
        jetty.put("org.apache.felix.https.keystore.key.password", keys.password());
        jetty.put("org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.3"});
        jetty.put("org.apache.felix.http.jetty.sendServerHeader", "false");
        jetty.put("org.apache.felix.http.jetty.threadpool.max", MAX_THREADS);
        jetty.put("org.apache.felix.http.jetty.acceptors", 1);
        jetty.put("org.apache.felix.http.jetty.selectors", 1);
        jetty.put("org.apache.felix.http.jetty.headerBufferSize", MAX_HEADERS);
        jetty.put("org.apache.felix.http.jetty.requestBufferSize", BUFFER);
        jetty.put("org.apache.felix.http.jetty.responseBufferSize", BUFFER);
        jetty.put("org.apache.felix.http.timeout", IDLE);
        return jetty;
    }
}

package org.bowline.shell.door;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.bowline.api.audit.Audit;
import org.bowline.api.identity.Host;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door: {@code bin/bowline} opens a session of Karaf's shell here, or runs one command. Whoever
 * may open the socket is the agent's admin, so only the owner of the agent's files may. Owns the
 * thread {@code bowline-shell} and a few per client.
 */
@Component(
        service = {},
        configurationPid = "bowline.shell",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ShellDoor.Config.class)
public final class ShellDoor {
    /** Where the door is. */
    @ObjectClassDefinition(name = "Bowline shell")
    public @interface Config {
        @AttributeDefinition(
                name = "Path of the Unix domain socket",
                description = "At most 107 bytes; its directory is kept to the owner.")
        String socket();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ShellDoor.class);
    private static final int MAX_CLIENTS = 16; // a session costs about five threads

    private final SessionFactory factory;
    private final Host host;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    /** None while it is being updated: the door outlives it. */
    @Reference(policy = ReferencePolicy.DYNAMIC, cardinality = ReferenceCardinality.MULTIPLE)
    volatile List<Audit> audits = List.of();

    private @Nullable SocketFile file;
    private @Nullable ServerSocketChannel server;

    @Activate // wiring only, so that a test may build one without starting it
    public ShellDoor(@Reference SessionFactory factory, @Reference Host host) {
        this.factory = factory;
        this.host = host;
    }

    @Activate
    void start(Config config) throws IOException {
        keepHistory();
        System.setProperty("karaf.shell.suppress.welcome", "true"); // the door has its own banner
        SocketFile there = new SocketFile(Path.of(config.socket()));
        ServerSocketChannel listening = there.listen();
        file = there;
        server = listening;
        Thread acceptor = new Thread(() -> accept(listening), "bowline-shell");
        acceptor.setDaemon(true);
        acceptor.start();
        LOG.info("The shell opens at {}", config.socket());
    }

    /** Karaf would keep it in the home of whoever runs the agent, for all to read. */
    private void keepHistory() throws IOException {
        Path history = host.data().resolve("shell").resolve("history");
        Files.createDirectories(history.getParent());
        Files.setPosixFilePermissions(
                history.getParent(), PosixFilePermissions.fromString("rwx------"));
        if (Files.notExists(history)) {
            Files.createFile(history);
        }
        Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-------"));
        System.setProperty("karaf.history", history.toString());
    }

    private void accept(ServerSocketChannel from) {
        try {
            while (true) {
                welcome(from.accept());
            }
        } catch (ClosedChannelException e) {
            LOG.debug("The door is closed");
        } catch (IOException e) {
            LOG.error("The shell cannot be opened any more until the agent starts again", e);
        }
    }

    private void welcome(SocketChannel client) throws IOException {
        if (connections.size() >= MAX_CLIENTS) {
            refuse(client);
            return;
        }
        Connection connection = new Connection(client, factory, host, () -> audits);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
    }

    private static void refuse(SocketChannel client) {
        String message =
                MAX_CLIENTS + " shell sessions are open already.\nEnd one of them first.\n";
        try (client) {
            new Frame(Frame.ERROR, message.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .write(client);
            Frame.exit(5).write(client);
        } catch (IOException e) {
            LOG.debug("A client that was turned away had gone: {}", e.toString());
        }
    }

    @Deactivate
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        connections.forEach(Connection::close);
        if (file != null) {
            file.remove();
        }
    }
}

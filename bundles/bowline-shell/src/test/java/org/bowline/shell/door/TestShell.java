package org.bowline.shell.door;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.bowline.shell.FakePairing;
import org.bowline.testkit.MemoryAudit;
import org.bowline.testkit.TestHost;

/** Karaf's own shell with a door, in this JVM and without OSGi. */
public final class TestShell implements AutoCloseable {
    final SessionFactoryImpl factory;
    final Path base;
    final TestHost host;
    private static final ThreadIOImpl STREAMS = new ThreadIOImpl(); // as in Karaf, one for all

    static {
        STREAMS.start();
    }

    final MemoryAudit audit = new MemoryAudit(FakePairing.SELF);
    private ShellDoor door;

    public TestShell(Path base) throws IOException {
        this.base = base;
        Path etc = Files.createDirectories(base.resolve("etc"));
        Files.writeString(etc.resolve("org.apache.karaf.shell.cfg"), "disableEofExit=false\n");
        System.setProperty("karaf.etc", etc.toString());
        System.setProperty("karaf.home", base.toString());
        factory = new SessionFactoryImpl(STREAMS);
        host = TestHost.linkable("alpha", Files.createDirectories(base.resolve("data")));
        open();
    }

    /**
     * What one command did.
     *
     * @param code the exit code
     * @param out standard output
     * @param error standard error
     */
    public record Ran(int code, String out, String error) {}

    /** Runs one command as a script would, without a terminal. */
    public Ran run(String input, String... words) throws IOException {
        String json = '"' + String.join("\", \"", words) + '"';
        try (TestClient client = TestClient.command(socket(), input, json)) {
            int code = client.awaitExit();
            return new Ran(code, client.screen(), client.error());
        }
    }

    /** What stands on the screen after somebody typed this and Tab. */
    public String completed(String typed) throws IOException {
        try (TestClient client = TestClient.terminal(socket())) {
            client.awaitScreen("> ");
            client.type(typed + "\t");
            client.awaitScreen(typed);
            client.type("\u0001echo \r"); // Ctrl-A: echoes what was completed
            client.awaitPrompt(2);
            return client.screen();
        }
    }

    /** Opens the door, again after {@link #shut}. */
    void open() throws IOException {
        door = new ShellDoor(factory, host);
        door.audits = List.of(audit);
        door.start(config(socket().toString()));
    }

    /** Takes the audit away, as an update of it does. */
    void withoutAudit() {
        door.audits = List.of();
    }

    /** Closes the door; the shell lives on. */
    void shut() throws IOException {
        door.stop();
    }

    Path socket() {
        return base.resolve("run").resolve("shell.sock");
    }

    /** Adds commands whose rooms are these. */
    public void install(List<Class<?>> commands, Object... rooms) {
        ManagerImpl manager = new ManagerImpl(factory, factory);
        for (Object room : rooms) {
            factory.register(room);
        }
        commands.forEach(manager::register);
    }

    /** Adds one command that a test wrote. */
    void install(Class<? extends Action> command) {
        new ManagerImpl(factory, factory).register(command);
    }

    static ShellDoor.Config config(String socket) {
        return new ShellDoor.Config() {
            @Override
            public String socket() {
                return socket;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return ShellDoor.Config.class;
            }
        };
    }

    @Override
    public void close() throws Exception {
        door.stop();
        factory.stop();
    }
}

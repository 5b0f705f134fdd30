package org.bowline.itests;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One packed agent in a process of its own, started by the product's own launcher from a shared
 * home with a base folder of its own. One thread at a time starts and stops it.
 */
public final class Agent implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(25);

    private final Path home;
    private final Path base;
    private final AgentFiles files;
    private final Rest rest;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> inside = List.of();
    private @Nullable Process process;

    /**
     * @param home the unpacked product
     * @param base the agent's own folder, made if need be
     */
    public Agent(Path home, Path base, AgentFiles files) throws IOException {
        this.home = home;
        this.base = base;
        this.files = files;
        this.rest = new Rest(url(), files.token());
        files.write(base);
    }

    public String name() {
        return files.name();
    }

    /** Of Local UI and REST. */
    public String url() {
        return "https://" + files.ip() + ":" + files.ui();
    }

    /** An API token with the role admin. */
    public String token() {
        return files.token();
    }

    public AgentFiles files() {
        return files;
    }

    public Path base() {
        return base;
    }

    public Path home() {
        return home;
    }

    /** REST with the API token. */
    public Rest rest() {
        return rest;
    }

    public long pid() {
        return running().pid();
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** Sets a variable of the process's environment from its next start on. */
    public Agent with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts the process from the next time on by that command, such as into a namespace. */
    public Agent inside(String... command) {
        inside = List.of(command);
        return this;
    }

    /** Starts the process; does not wait. */
    public Agent start() throws IOException {
        Files.createDirectories(base.resolve("log"));
        List<String> command = new ArrayList<>(inside);
        command.addAll(
                List.of(home.resolve("bin/bowline-agent").toString(), "--base", base.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Path console = base.resolve("log/console.log");
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        process = builder.start();
        return this;
    }

    /** Waits until {@code /hosts} answers with ready true. */
    public Agent awaitReady() throws IOException {
        Site.await(
                name() + " ready; its log is in " + base.resolve("log"),
                READY,
                () -> {
                    if (!alive()) {
                        throw new IOException(
                                name() + " ended by itself; see " + base.resolve("log"));
                    }
                    return answersReady();
                });
        return this;
    }

    private boolean answersReady() {
        try {
            Rest.Answer answer = rest.send("GET", "/hosts", BodyPublishers.noBody());
            return answer.status() == 200 && answer.body().path("ready").asBoolean();
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    /** Ends the process at once, as a power cut would (SIGKILL). */
    public void kill() throws IOException {
        end(running().destroyForcibly());
    }

    /** Ends the process in order (SIGTERM). */
    public void stop() throws IOException {
        Process ending = running();
        ending.destroy();
        end(ending);
    }

    /** CPU seconds that the process has used. */
    public double cpuSeconds() {
        Optional<Duration> used = running().info().totalCpuDuration();
        return used.map(Duration::toMillis).orElse(0L) / 1000.0;
    }

    private void end(Process ending) throws IOException {
        try {
            if (!ending.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new IOException(name() + " did not end in " + STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.destroyForcibly();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name() + " was never started");
        }
        return process;
    }

    /** Ends the process if it still runs, at once. */
    @Override
    public void close() {
        if (alive()) {
            running().destroyForcibly();
        }
    }
}

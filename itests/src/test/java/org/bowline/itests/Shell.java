package org.bowline.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bin/bowline} with one command, as a script without a terminal runs it. */
final class Shell {
    /** What came back. */
    record Outcome(int exitCode, String output, String errors) {}

    private Shell() {}

    static Outcome run(Agent agent, String input, String... command) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(agent.home().resolve("bin/bowline").toString());
        line.addAll(List.of("--base", agent.base().toString()));
        line.addAll(List.of(command));
        Path typed = Files.writeString(Files.createTempFile("bowline-in", ".txt"), input);
        Path output = Files.createTempFile("bowline-out", ".txt");
        Path errors = Files.createTempFile("bowline-err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process =
                builder.redirectInput(typed.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end in 60 s");
        }
        return new Outcome(process.exitValue(), text(output), text(errors));
    }

    private static String text(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}

package org.bowline.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests find the packed product and put what agents write. */
public final class Places {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Places() {}

    /** The unpacked product, as the build names it. */
    public static Path home() {
        return Path.of(System.getProperty("bowline.home"));
    }

    /** A new folder that stays after the test, so that logs can be read. */
    public static Path fresh(String name) throws IOException {
        Path all = Files.createDirectories(TARGET.resolve("agents"));
        return Files.createTempDirectory(all, name + "-");
    }

    /** A packed site whose agents write under a folder of that name. */
    public static Site site(String name) throws IOException {
        return new Site(home(), fresh(name));
    }

    /** Files of an agent on loopback, with free ports of its own. */
    public static AgentFiles agent(String name) throws IOException {
        String ip = "127.0.0.1";
        return new AgentFiles(
                name,
                ip,
                AgentFiles.freePort(ip),
                AgentFiles.freePort(ip),
                "",
                AgentFiles.secret(),
                "");
    }
}

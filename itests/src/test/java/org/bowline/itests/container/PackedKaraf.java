package org.bowline.itests.container;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.Option;

/** The packed product as Pax Exam starts it, with a base folder and free ports of its own. */
final class PackedKaraf {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private PackedKaraf() {}

    static Option[] packed() {
        Path base = base();
        File archive = new File(System.getProperty("bowline.archive"));
        return options(
                karafDistributionConfiguration()
                        .frameworkUrl(archive.toURI().toString())
                        .karafVersion(System.getProperty("karaf.version"))
                        .name("Bowline")
                        .unpackDirectory(TARGET.resolve("exam").toFile())
                        .useDeployFolder(false),
                keepRuntimeFolder(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                editConfigurationFilePut("etc/system.properties", "bowline.base", base.toString()),
                editConfigurationFilePut(
                        "etc/system.properties", "bowline.etc", base.resolve("etc").toString()),
                editConfigurationFilePut(
                        "etc/system.properties", "bowline.data", base.resolve("data").toString()),
                // Pax Exam's own bundles come from a repository that the build made of them
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("exam.repository")));
    }

    private static Path base() {
        try {
            Path base =
                    Files.createTempDirectory(
                            Files.createDirectories(TARGET.resolve("agents")), "exam-");
            Files.createDirectories(base.resolve("etc"));
            Files.createDirectories(base.resolve("data"));
            Files.writeString(
                    base.resolve("etc/bowline.yaml"),
                    "name: exam\nbind: 127.0.0.1\nports: {ui: %d, tls: %d}\n"
                            .formatted(freePort(), freePort()));
            return base;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

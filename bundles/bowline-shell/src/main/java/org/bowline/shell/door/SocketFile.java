package org.bowline.shell.door;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file behind which the door listens: only its owner may see it. */
final class SocketFile {
    // sockaddr_un.sun_path of Linux has 108 bytes, one of them ends the name.
    private static final int MAX_LENGTH = 107;

    private final Path path;

    /**
     * @throws IllegalArgumentException if the name is too long for a Unix socket
     */
    SocketFile(Path path) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the shell's socket %s has a name of %d bytes, at most %d work; start the agent with a shorter --base"
                            .formatted(path, length, MAX_LENGTH));
        }
        this.path = path;
    }

    /** Listens there. A file that a killed agent left behind is replaced. */
    ServerSocketChannel listen() throws IOException {
        prepareDirectory();
        if (Files.exists(path)) {
            if (answers()) {
                throw new IOException("another agent answers at " + path + "; stop it first");
            }
            Files.delete(path);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Takes the file away. */
    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    private void prepareDirectory() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private boolean answers() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException e) {
            return false; // nobody listens there any more
        }
    }
}

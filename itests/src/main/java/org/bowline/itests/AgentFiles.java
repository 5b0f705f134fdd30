package org.bowline.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Writes {@code etc/bowline.yaml} for an agent that is started by a program: linkable, on loopback,
 * with a provisioned admin and an API token.
 *
 * @param name of the host
 * @param ip loopback address to listen on
 * @param ui port of Local UI and REST
 * @param tls port of the TLS transport
 * @param adminHash of the admin's password, Argon2id; empty for none, so that first run asks
 * @param token an API token with the role admin
 * @param more lines of YAML besides
 */
public record AgentFiles(
        String name, String ip, int ui, int tls, String adminHash, String token, String more) {

    /** Name of the provisioned admin. */
    public static final String ADMIN = "admin";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MEMORY_KIB = 19456; // OWASP's first choice for Argon2id
    private static final int PASSES = 2;

    /** Default ports on that address if they are free, else others that are. */
    public static AgentFiles on(String name, String ip, String adminHash) throws IOException {
        boolean free = isFree(ip, 5080) && isFree(ip, 5082);
        return new AgentFiles(
                name,
                ip,
                free ? 5080 : freePort(ip),
                free ? 5082 : freePort(ip),
                adminHash,
                secret(),
                "");
    }

    /** The same with further lines. */
    public AgentFiles with(String lines) {
        return new AgentFiles(name, ip, ui, tls, adminHash, token, more + lines + "\n");
    }

    /** Writes the file into the base folder of an agent. */
    public void write(Path base) throws IOException {
        Path etc = Files.createDirectories(base.resolve("etc"));
        String admin =
                adminHash.isEmpty()
                        ? ""
                        : "admin: {name: " + ADMIN + ", passwordHash: \"" + adminHash + "\"}\n";
        String yaml =
                "name: %s\nports: {ui: %d, tls: %d}\n".formatted(name, ui, tls)
                        + (more.contains("bind")
                                ? ""
                                : "bind: %s\naddresses: [%s]\n".formatted(ip, ip))
                        + "apiTokens: [{name: script, role: admin, sha256: \"%s\"}]\n"
                                .formatted(sha256(token))
                        + admin
                        + (more.contains("stylus")
                                ? ""
                                : "stylus: {enableMultiNode: true, installationMode: airgap}\n")
                        + more;
        Files.writeString(etc.resolve("bowline.yaml"), yaml);
    }

    /** 32 letters that nobody guesses. */
    public static String secret() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The Argon2id hash of a password, in the PHC string format. */
    public static String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(1)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[32];
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /** A TCP port that nobody listens on now. */
    public static int freePort(String ip) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ip))) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(String ip, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(ip))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package org.bowline.rest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one part of an upload. With a checksum they wait in a file of their own until it is
 * proven: the upload must not take one byte of a part that is wrong. Without, they stream.
 *
 * @param bytes what is to be appended
 * @param waiting the file they wait in, gone on close
 */
record Slice(InputStream bytes, @Nullable Path waiting) implements Closeable {
    /** The one algorithm. */
    static final String ALGORITHM = "sha256";

    private static final long MAX_CHECKED = 64 << 20;
    private static final int BUFFER = 64 << 10;

    /**
     * The body of the request.
     *
     * @throws RefusedException {@code CHECKSUM_MISMATCH}, {@code REQUEST_INVALID}, {@code
     *     REQUEST_TOO_LARGE}
     */
    static Slice of(Exchange exchange) throws IOException {
        InputStream body = exchange.request().getInputStream();
        Optional<String> checksum = exchange.header("Upload-Checksum");
        return checksum.isPresent() ? checked(body, hash(checksum.get())) : new Slice(body, null);
    }

    private static byte[] hash(String header) throws RefusedException {
        String[] parts = header.strip().split(" ");
        try {
            byte[] hash = parts.length == 2 ? Base64.getDecoder().decode(parts[1]) : new byte[0];
            if (parts[0].equals(ALGORITHM) && hash.length == 32) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.REQUEST_INVALID, "Upload-Checksum is not base64", e);
        }
        throw Exchange.invalid("Upload-Checksum, expected: sha256 and a hash in base64");
    }

    private static Slice checked(InputStream body, byte[] expected) throws IOException {
        Path file = Files.createTempFile("bowline-slice", null);
        boolean good = false;
        try {
            if (!MessageDigest.isEqual(expected, copy(body, file))) {
                throw new RefusedException(
                        Refusal.CHECKSUM_MISMATCH, "This part is not what was sent");
            }
            Slice slice = new Slice(Files.newInputStream(file), file);
            good = true;
            return slice;
        } finally {
            if (!good) {
                Files.delete(file);
            }
        }
    }

    private static byte[] copy(InputStream body, Path file) throws IOException {
        MessageDigest hash = sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > MAX_CHECKED) {
                    throw new RefusedException(
                            Refusal.REQUEST_TOO_LARGE,
                            "A part with a checksum has at most " + MAX_CHECKED + " bytes");
                }
                hash.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return hash.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (waiting != null) {
            bytes.close();
            Files.delete(waiting);
        }
    }
}

package org.bowline.rest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.rest.http.Exchange;

/**
 * The bytes of one part of an upload. With a checksum they wait in a file of their own until it is
 * proven: the upload must not take one byte of a part that is wrong. Without, they stream.
 *
 * @param bytes what is to be appended
 */
record Slice(InputStream bytes) implements Closeable {
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
        Optional<String> checksum = exchange.header("Upload-Checksum");
        return checksum.isPresent()
                ? checked(exchange.input(), hash(checksum.get()))
                : new Slice(exchange.input());
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
        FileChannel file = waitingRoom();
        boolean good = false;
        try {
            good = MessageDigest.isEqual(expected, copy(body, file));
        } finally {
            if (!good) {
                file.close();
            }
        }
        if (!good) {
            throw new RefusedException(Refusal.CHECKSUM_MISMATCH, "This part is not what was sent");
        }
        return new Slice(Channels.newInputStream(file.position(0)));
    }

    /** A file that has no name any more: whatever happens, nothing of it stays. */
    private static FileChannel waitingRoom() throws IOException {
        Path path = Files.createTempFile("bowline-slice", null);
        return FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static byte[] copy(InputStream body, FileChannel file) throws IOException {
        MessageDigest hash = sha256();
        byte[] buffer = new byte[BUFFER];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            hash.update(buffer, 0, read);
            for (ByteBuffer left = ByteBuffer.wrap(buffer, 0, read); left.hasRemaining(); ) {
                file.write(left);
            }
            if (file.position() > MAX_CHECKED) {
                throw new RefusedException(
                        Refusal.REQUEST_TOO_LARGE,
                        "A part with a checksum has at most " + MAX_CHECKED + " bytes");
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
        bytes.close();
    }
}

package org.bowline.rest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.Optional;
import org.bowline.api.identity.Identity;

/**
 * The host's key and certificate as the PKCS #12 file that Jetty wants. The password beside it is a
 * form that the format asks for: what protects both is that their owner alone may read them.
 *
 * @param path of the file
 * @param password of the file and of the key in it
 */
record KeyFile(Path path, String password) {
    /** The file for this identity, made if it is not there; it stays the same between starts. */
    static KeyFile of(Identity identity, Path directory) throws IOException {
        PrivateFile keys = new PrivateFile(directory.resolve(identity.id() + ".p12"));
        PrivateFile secret = new PrivateFile(directory.resolve(identity.id() + ".password"));
        Optional<byte[]> password = secret.read();
        if (password.isPresent() && keys.read().isPresent()) {
            return new KeyFile(keys.path(), new String(password.get(), StandardCharsets.US_ASCII));
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String fresh = HexFormat.of().formatHex(random);
        keys.write(pkcs12(identity, fresh.toCharArray()));
        secret.write(fresh.getBytes(StandardCharsets.US_ASCII));
        return new KeyFile(keys.path(), fresh);
    }

    private static byte[] pkcs12(Identity identity, char[] password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = {identity.certificate()};
            store.setKeyEntry("host", identity.privateKey(), password, chain);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("the host's key does not go into a PKCS #12 file", e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "key file " + path;
    }
}

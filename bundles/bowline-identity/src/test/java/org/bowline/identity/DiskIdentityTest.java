package org.bowline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.Signature;
import java.time.ZoneOffset;
import org.bowline.api.identity.HostId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskIdentityTest {
    @TempDir private Path data;

    @Test
    void staysTheSameHostOverRestarts() throws Exception {
        DiskIdentity first = new DiskIdentity(data);
        DiskIdentity second = new DiskIdentity(data);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(second.id()).isEqualTo(HostId.of(first.certificate().getPublicKey()));
    }

    @Test
    void signsWhatItsCertificateProves() throws Exception {
        DiskIdentity identity = new DiskIdentity(data);
        byte[] message = {1, 2, 3};

        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(identity.certificate());
        check.update(message);

        assertThat(check.verify(identity.sign(message))).isTrue();
    }

    @Test
    void certificateHoldsForeverWhateverTheClockSays() throws Exception {
        var certificate = new DiskIdentity(data).certificate();

        assertThat(certificate.getNotBefore().toInstant().atZone(ZoneOffset.UTC).getYear())
                .isEqualTo(2000);
        assertThat(certificate.getNotAfter().toInstant().atZone(ZoneOffset.UTC).getYear())
                .isEqualTo(9999);
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void keyIsForItsOwnerAlone() throws Exception {
        new DiskIdentity(data);

        assertThat(mode("identity")).isEqualTo("rwx------");
        assertThat(mode("identity/host.key")).isEqualTo("rw-------");
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        new DiskIdentity(data);
        Path key = data.resolve("identity/host.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new DiskIdentity(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void refusesADirectoryThatOthersMayEnter() throws Exception {
        new DiskIdentity(data);
        Path directory = data.resolve("identity");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> new DiskIdentity(data)).hasMessageContaining("chmod 700");
    }

    @Test
    void refusesACertificateOfAnotherKey() throws Exception {
        new DiskIdentity(data);
        Path key = data.resolve("identity/host.key");
        byte[] mine = Files.readAllBytes(key);
        Files.delete(key);
        new DiskIdentity(data);
        Files.write(key, mine);

        assertThatThrownBy(() -> new DiskIdentity(data)).hasMessageContaining("damaged");
    }

    @Test
    void doesNotBecomeANewHostWhereMembersAreStored() throws Exception {
        DiskIdentity identity = new DiskIdentity(data);
        new DiskTrust(data, identity).replace(java.util.List.of(), 1);
        Files.delete(data.resolve("identity/host.key"));

        assertThatThrownBy(() -> new DiskIdentity(data)).hasMessageContaining("backup");
    }

    @Test
    void registersNoSecurityProvider() throws Exception {
        new DiskIdentity(data);

        assertThat(Security.getProvider("BC")).isNull();
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
    }
}

package org.bowline.identity.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {
    @TempDir private Path base;

    @Test
    void isNamedByTheFirstFileThatIsThere() throws Exception {
        Path here = Files.createFile(base.resolve("here"));
        Path too = Files.createFile(base.resolve("too"));

        assertThat(Workload.found(List.of(base.resolve("none"), here, too)))
                .isEqualTo(here.toString());
        assertThat(Workload.found(List.of())).isEmpty();
    }

    @Test
    void everyUsualMarkerHasItsProduct() {
        assertThat(Workload.USUAL_MARKERS).allMatch(Path::isAbsolute);
        assertThat(Workload.USUAL_MARKERS.stream().map(Workload::text))
                .allMatch(text -> text.matches("(kubeadm|k3s|RKE2|k0s|MicroK8s) \\(/.*\\)"))
                .anyMatch(text -> text.startsWith("k3s (/etc/rancher/k3s/k3s.yaml"));
    }

    @Test
    void aClosedDirectoryCountsAsWorkload() throws Exception {
        Path closed = Files.createDirectory(base.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isExecutable(closed), "this user enters every directory");

        String found = Workload.found(List.of(closed.resolve("kubelet.conf")));

        assertThat(found).endsWith("kubelet.conf, which the agent may not see");
    }
}

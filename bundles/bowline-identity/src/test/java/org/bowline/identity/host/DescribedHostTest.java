package org.bowline.identity.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostFacts;
import org.bowline.identity.Places;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribedHostTest {
    @TempDir private Path base;

    private DescribedHost described(String yaml) throws Exception {
        Files.writeString(base.resolve("bowline.yaml"), yaml);
        return new DescribedHost(new Places(base, base, base.resolve("data")), "0.1.0");
    }

    @Test
    void tellsTheOperatingSystemThatTheFileNames() throws Exception {
        Path os = base.resolve("os-release");
        Files.writeString(os, "# which\nNAME=\"Some OS\"\nID=rhel\nVERSION_ID=\"9.4\"\n");

        HostFacts facts = described("osRelease: " + os).facts();

        assertThat(facts.osId()).isEqualTo("rhel");
        assertThat(facts.osVersionId()).isEqualTo("9.4");
    }

    @Test
    void aMachineWithoutOsReleaseStillStarts() throws Exception {
        HostFacts facts = described("osRelease: " + base.resolve("none")).facts();

        assertThat(facts.osId()).isEqualTo("linux");
        assertThat(facts.osVersionId()).isEmpty();
    }

    @Test
    void isDialledAtTheConfiguredAddresses() throws Exception {
        HostFacts facts = described("addresses: [192.0.2.7]\nports: {tls: 7000}").facts();

        assertThat(facts.endpoints()).containsExactly(new Endpoint("tls", "192.0.2.7", 7000));
    }

    @Test
    void isDialledWhereItListensIfThatIsOneAddress() throws Exception {
        HostFacts facts = described("bind: 127.0.0.1").facts();

        assertThat(facts.endpoints()).containsExactly(new Endpoint("tls", "127.0.0.1", 5082));
    }

    @Test
    void isDialledAtTheMachinesAddressesElse() throws Exception {
        assertThat(described("").facts().endpoints()).isNotEmpty();
    }

    @Test
    void takesTheMachinesNameIfNoneIsGiven() throws Exception {
        assertThat(described("").facts().name()).isNotBlank();
        assertThat(described("name: edge-1").facts().name()).isEqualTo("edge-1");
    }

    @Test
    void seesAClusterWorkloadThatComesAndGoes() throws Exception {
        Path marker = base.resolve("node.conf");
        DescribedHost host = described("workloadMarkers: [" + base + "/none, " + marker + "]");
        assertThat(host.facts().workload()).isEmpty();

        Files.createFile(marker);
        assertThat(host.facts().workload()).isEqualTo(marker.toString());

        Files.delete(marker);
        assertThat(host.facts().workload()).isEmpty();
    }

    @Test
    void looksForNoWorkloadIfTheListIsEmpty() throws Exception {
        assertThat(described("workloadMarkers: []").facts().workload()).isEmpty();
    }

    @Test
    void everyStartHasAnotherBootId() throws Exception {
        assertThat(described("").bootId()).isNotEqualTo(described("").bootId());
    }

    @Test
    void handsEachRoomItsSettings() {
        Description description =
                new BowlineYaml(
                                "bowline.yaml",
                                """
                                bind: 127.0.0.1
                                hostNames: [a.example]
                                store: {quota: 1KiB}
                                ports: {ui: 8000, tls: 8002}
                                apiTokens: [{name: demo, role: viewer, sha256: "%s"}]
                                """
                                        .formatted("0".repeat(64)))
                        .read();

        var pids = new PushedSettings(description, "/run/shell.sock").byPid();

        assertThat(pids.get("bowline.transport.tls"))
                .containsEntry("port", 8002)
                .containsEntry("bind", "127.0.0.1");
        assertThat(pids.get("bowline.content")).containsEntry("quota.bytes", 1024L);
        assertThat(pids.get("bowline.shell")).containsEntry("socket", "/run/shell.sock");
        assertThat(pids.get("bowline.rest"))
                .containsEntry("port", 8000)
                .containsEntry("hostNames", new String[] {"a.example"})
                .containsEntry("apiTokens", new String[] {"demo viewer " + "0".repeat(64)})
                .containsEntry("adminName", "");
    }
}

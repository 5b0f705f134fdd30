package org.bowline.identity.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.bowline.api.identity.DeploymentMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BowlineYamlTest {
    private static Description read(String text) {
        return new BowlineYaml("bowline.yaml", text).read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "~"})
    void anEmptyFileMeansDefaults(String text) {
        Description described = read(text);

        assertThat(described.deploymentMode()).isEqualTo(DeploymentMode.AGENT);
        assertThat(described.multiNode()).isFalse();
        assertThat(described.installationMode()).isNotEqualTo("airgap");
        assertThat(described.ports()).isEqualTo(new Description.Ports(5080, 5081, 5082, 5022));
        assertThat(described.bind()).isEqualTo("0.0.0.0");
        assertThat(described.quota()).isZero();
        assertThat(described.admin()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stylus: {enableMultiNode: true}",
                "enableMultiNode: true",
                "stylus.enableMultiNode: true",
                "stylus:\n  enableMultiNode: 'True'\n",
                "stylus:\n  enableMultiNode: true\n",
                "stylus.enableMultiNode: TRUE",
                "enableMultiNode: true\nstylus: {enableMultiNode: true}",
                "stylus.enableMultiNode: true\nenableMultiNode: true",
                "stylus:\n  installationMode: airgap\n  enableMultiNode: true\n"
            })
    void multiNodeHasTheseSpellings(String text) {
        assertThat(read(text).multiNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "installationMode: airgap",
                "enableMultiNode: false",
                "stylus.enableMultiNode: 'False'",
                "enableMultiNode:",
                "enableMultinode: true"
            })
    void multiNodeIsOffUnlessItIsSet(String text) {
        assertThat(read(text).multiNode()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stylus: {installationMode: airgap}",
                "stylus:\n  installationMode: airgap\n",
                "stylus.installationMode: airgap",
                "stylus.installationMode: 'AirGap'",
                "installationMode: airgap",
                "stylus: {managementMode: local}",
                "stylus:\n  managementMode: local\n",
                "managementMode: local",
                "stylus.managementMode: Local",
                "managementMode: local\ninstallationMode: airgap",
                "stylus.installationMode: airgap\nmanagementMode: local",
                "stylus:\n  installationMode: airgap\n  managementMode: local\n"
            })
    void airgapHasTheseSpellings(String text) {
        assertThat(read(text).installationMode()).isEqualTo("airgap");
    }

    @Test
    void otherInstallationModesAreKeptAsTheyAre() {
        assertThat(read("managementMode: central").installationMode()).isEqualTo("central");
        assertThat(read("stylus:\n  installationMode: Connected\n").installationMode())
                .isEqualTo("connected");
    }

    @Test
    void looksForWorkloadWhereTheUsualClustersLeaveItUnlessToldElse() {
        assertThat(read("").workloadMarkers()).isEqualTo(Workload.USUAL_MARKERS).isNotEmpty();
        assertThat(read("workloadMarkers:").workloadMarkers()).isEmpty();
        assertThat(read("workloadMarkers: []").workloadMarkers()).isEmpty();
        assertThat(read("workloadMarkers: [/opt/cluster/node, /b]").workloadMarkers())
                .containsExactly(Path.of("/opt/cluster/node"), Path.of("/b"));
    }

    @Test
    void readsEverythingAnOperatorMayWrite() {
        Description described =
                read(
                        """
                        name: edge-1
                        deploymentMode: appliance
                        osRelease: /opt/os-release
                        addresses: [192.0.2.10, "2001:db8::1"]
                        hostNames: edge-1.example
                        bind: 192.0.2.10
                        ports: {ui: 1, registry: 2, tls: 3, ssh: 4}
                        transport: tls
                        admin: {name: admin, passwordHash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"}
                        apiTokens:
                          - {name: demo, role: admin, sha256: "%s"}
                        store: {quota: 100GiB}
                        """
                                .formatted("AB".repeat(32)));

        assertThat(described.name()).contains("edge-1");
        assertThat(described.deploymentMode()).isEqualTo(DeploymentMode.APPLIANCE);
        assertThat(described.osRelease()).isEqualTo("/opt/os-release");
        assertThat(described.addresses()).containsExactly("192.0.2.10", "2001:db8:0:0:0:0:0:1");
        assertThat(described.hostNames()).containsExactly("edge-1.example");
        assertThat(described.ports()).isEqualTo(new Description.Ports(1, 2, 3, 4));
        assertThat(described.quota()).isEqualTo(100L << 30);
        assertThat(described.tokens())
                .containsExactly(new Description.ApiToken("demo", "admin", "ab".repeat(32)));
        assertThat(described.toString()).doesNotContain("argon2id").doesNotContain("abab");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "1 KiB, 1024", "2MiB, 2097152", "1TiB, 1099511627776"})
    void quotaTakesBytesOrSizes(String text, long bytes) {
        assertThat(read("store: {quota: " + text + "}").quota()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: [a, b] | name",
                "deploymentMode: vm | deploymentMode",
                "stylus: {enableMultiNode: yes please} | stylus.enableMultiNode",
                "ports: {ui: 0} | ports.ui",
                "ports: {tls: 65536} | ports.tls",
                "ports: {tls: 5080} | 5080 is given to two listeners",
                "bind: localhost | bind",
                "bind: cafe | bind",
                "bind: '.:' | bind",
                "addresses: [edge-1.example] | addresses",
                "addresses: [0.0.0.0] | addresses",
                "addresses: [224.0.0.1] | addresses",
                "addresses: [{ip: 192.0.2.1}] | addresses",
                "hostNames: ['a b'] | hostNames",
                "transport: ssh | transport",
                "stylus: {enableMultiNode: [true]} | stylus.enableMultiNode",
                "enableMultiNode: 1 | enableMultiNode",
                "stylus.enableMultiNode: true\\nenableMultiNode: false | contradicts",
                "stylus.managementMode: local\\ninstallationMode: connected | contradicts",
                "stylus.managementMode: local\\nstylus: {managementMode: x} | a second time",
                "workloadMarkers: etc/kubernetes | workloadMarkers",
                "workloadMarkers: [/a, kubelet.conf] | workloadMarkers",
                "workloadMarkers: [/] | workloadMarkers",
                "workloadMarkers: [''] | workloadMarkers",
                "store: {quota: 10GB} | store.quota",
                "store: {quota: 0} | store.quota",
                "store: {quota: 99999999999TiB} | store.quota",
                "admin: {name: admin} | admin.passwordHash",
                "admin: {name: admin, passwordHash: hunter2} | admin.passwordHash",
                "apiTokens: [{name: t, role: root, sha256: x}] | role",
                "apiTokens: [{name: t, role: admin, sha256: hunter2}] | sha256",
                "apiTokens: [t] | apiTokens",
                "name: a\\nname: b | name stands here a second time",
                "stylus: {managementMode: local, installationMode: x} | contradicts",
                "just text | expected lines",
                "a: {b: {c: {d: {e: {f: 1}}}}} | nested too deep",
                "name: \"open | not YAML",
            })
    void aWrongValueIsNamedWithItsLineAndNeverShown(String text, String named) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aCircleOfAliasesIsRefused() {
        assertThatThrownBy(() -> read("stylus: &a {b: *a}"))
                .isInstanceOf(DescriptionException.class);
    }

    @Test
    void unknownKeysAreToldWithTheirLine() {
        BowlineYaml yaml =
                new BowlineYaml(
                        "bowline.yaml",
                        "name: edge-1\nport: 1\nstylus:\n  enableMultinode: true\n");

        yaml.read();

        assertThat(yaml.warnings())
                .isEqualTo(
                        List.of(
                                "bowline.yaml line 2: unknown key port",
                                "bowline.yaml line 4: unknown key stylus.enableMultinode"));
    }
}

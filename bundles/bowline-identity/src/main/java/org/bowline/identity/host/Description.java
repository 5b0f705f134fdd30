package org.bowline.identity.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bowline.api.identity.DeploymentMode;

/**
 * What the operator wrote, with defaults for the rest.
 *
 * @param name empty: the machine's own
 * @param osRelease path of the os-release file
 * @param addresses IP literals that others reach this host at; empty: all of the machine
 * @param hostNames further names of the Local UI
 * @param bind the address that everything listens on
 * @param admin provisioned first admin, if any
 * @param tokens provisioned API tokens
 * @param workloadMarkers files that show a cluster workload on this host; empty: nobody looks
 * @param quota bytes the store may take; 0: as many as the disk has
 */
record Description(
        Optional<String> name,
        DeploymentMode deploymentMode,
        boolean multiNode,
        String installationMode,
        String osRelease,
        List<String> addresses,
        List<String> hostNames,
        String bind,
        Ports ports,
        String transport,
        Optional<Admin> admin,
        List<ApiToken> tokens,
        List<Path> workloadMarkers,
        long quota) {

    /** TCP ports, all different. */
    record Ports(int ui, int registry, int tls, int ssh) {}

    /** A first admin; the hash never shows. */
    record Admin(String name, String passwordHash) {
        @Override
        public String toString() {
            return "admin " + name;
        }
    }

    /** An API token, known by its hash; the hash never shows. */
    record ApiToken(String name, String role, String sha256) {
        @Override
        public String toString() {
            return role + " token " + name;
        }
    }
}

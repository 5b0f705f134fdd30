package org.bowline.identity.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster workload on this host, known by a file that only a node of a cluster has: the
 * kubelet's access to its cluster, or the server's. Read by nobody, only seen to be there.
 */
final class Workload {
    /** By the directory that a Kubernetes distribution keeps to itself, how people call it. */
    private static final Map<String, String> PRODUCTS =
            Map.of(
                    "/etc/kubernetes", "kubeadm",
                    "/etc/rancher/k3s", "k3s",
                    "/var/lib/rancher/k3s", "k3s",
                    "/etc/rancher/rke2", "RKE2",
                    "/var/lib/rancher/rke2", "RKE2",
                    "/var/lib/k0s", "k0s",
                    "/var/snap/microk8s", "MicroK8s");

    /** Where to look if the operator does not say: a server's file first, then an agent's. */
    static final List<Path> USUAL_MARKERS =
            paths(
                    "/etc/kubernetes/kubelet.conf",
                    "/etc/rancher/k3s/k3s.yaml",
                    "/var/lib/rancher/k3s/agent/kubelet.kubeconfig",
                    "/etc/rancher/rke2/rke2.yaml",
                    "/var/lib/rancher/rke2/agent/kubelet.kubeconfig",
                    "/var/lib/k0s/kubelet.conf",
                    "/var/snap/microk8s/current/credentials/kubelet.config");

    private Workload() {}

    /**
     * The first of these that is there, with its product if that is known; else empty. A file in a
     * directory that the agent may not enter counts as there: rather a host that has to be told
     * where to look than a cluster node that joins.
     */
    static String found(List<Path> markers) {
        return markers.stream()
                .filter(marker -> !Files.notExists(marker)) // also false where nobody can tell
                .findFirst()
                .map(Workload::text)
                .orElse("");
    }

    static String text(Path marker) {
        String where =
                Files.exists(marker) ? marker.toString() : marker + ", which the agent may not see";
        return product(marker).map(name -> name + " (" + where + ")").orElse(where);
    }

    private static Optional<String> product(Path marker) {
        return PRODUCTS.entrySet().stream()
                .filter(entry -> marker.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findAny();
    }

    private static List<Path> paths(String... paths) {
        List<Path> all = new ArrayList<>();
        for (String path : paths) {
            all.add(Path.of(path));
        }
        return List.copyOf(all);
    }
}

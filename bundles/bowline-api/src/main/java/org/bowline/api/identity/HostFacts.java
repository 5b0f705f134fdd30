package org.bowline.api.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * What a host tells others of itself when it links, and what the rules of linking are judged by.
 *
 * @param name what people call it, not unique
 * @param version the agent's version
 * @param deploymentMode appliance or agent
 * @param osId {@code ID} of os-release
 * @param osVersionId {@code VERSION_ID} of os-release; empty if there is none
 * @param multiNode whether {@code stylus.enableMultiNode} is set
 * @param installationMode {@code airgap}, or what stands there instead
 * @param endpoints where it can be dialled, the preferred one first
 * @param uiPort where its Local UI listens
 * @param workload the cluster workload that was found on the host, for people; empty if there is
 *     none
 */
public record HostFacts(
        String name,
        String version,
        DeploymentMode deploymentMode,
        String osId,
        String osVersionId,
        boolean multiNode,
        String installationMode,
        List<Endpoint> endpoints,
        int uiPort,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String workload) {
    /** The one installation mode in which hosts can be linked. */
    public static final String AIRGAP = "airgap";

    public HostFacts {
        endpoints = List.copyOf(endpoints);
        workload = Objects.requireNonNullElse(workload, ""); // written by an older release
        if (name.isBlank() || name.length() > 253) {
            throw new IllegalArgumentException(
                    "host name of " + name.length() + " characters, expected 1 to 253");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("host name with control characters");
        }
    }

    /** The same host, dialled at other endpoints. */
    public HostFacts withEndpoints(List<Endpoint> others) {
        return new HostFacts(
                name,
                version,
                deploymentMode,
                osId,
                osVersionId,
                multiNode,
                installationMode,
                others,
                uiPort,
                workload);
    }

    /** Whether the installation mode allows linking. */
    public boolean airgap() {
        return AIRGAP.equals(installationMode);
    }
}

package org.bowline.api.identity;

import java.util.List;

/**
 * A member of the group as trust knows it.
 *
 * @param id names the host, derived from {@code key}
 * @param key its public key, DER SubjectPublicKeyInfo in base64
 * @param endpoints where it can be dialled, the preferred one first; may be empty
 */
public record TrustedHost(HostId id, String key, List<Endpoint> endpoints) {
    public TrustedHost {
        endpoints = List.copyOf(endpoints);
    }
}

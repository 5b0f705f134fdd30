package org.bowline.api.group;

import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;

/**
 * One host of the group.
 *
 * @param id names the host
 * @param key its public key, DER SubjectPublicKeyInfo in base64
 * @param facts what it said of itself when it was admitted, or since
 * @param link the revision at which it was admitted: an old "out" never hits a new link
 */
public record Member(HostId id, String key, HostFacts facts, long link) {}

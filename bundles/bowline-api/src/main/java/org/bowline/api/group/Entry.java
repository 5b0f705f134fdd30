package org.bowline.api.group;

import java.time.Instant;
import org.bowline.api.Actor;
import org.bowline.api.identity.HostId;

/**
 * One value of a slice as the group agreed on it.
 *
 * @param value as its room wrote it
 * @param revision of the commit that wrote it; grows with every commit of the group
 * @param actor who asked for it
 * @param host on which host
 * @param time by that host's clock, which may be years off
 */
public record Entry<T>(T value, long revision, Actor actor, HostId host, Instant time) {}

package org.bowline.group.state;

import java.time.Instant;
import org.bowline.api.Actor;
import org.bowline.api.identity.HostId;

/** One value of a slice as it was committed; the array is never changed. */
public record Stored(byte[] value, long revision, Actor actor, HostId host, Instant time) {}

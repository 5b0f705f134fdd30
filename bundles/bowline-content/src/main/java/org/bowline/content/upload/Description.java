package org.bowline.content.upload;

import java.time.Instant;
import org.bowline.api.Actor;

/**
 * What is known of an upload before its first byte; lies in its directory as JSON.
 *
 * @param name of the content
 * @param length its bytes; -1 if unknown
 * @param actor who uploads it
 * @param begunAt by this host's clock
 */
record Description(String name, long length, Actor actor, Instant begunAt) {
    static final long UNKNOWN = -1;
}
